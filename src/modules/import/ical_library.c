#include "modules/import/ical_library.h"
#include "base/log.h"
#include "base/values.h"
#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

static struct ical_library library;
static bool there;

/* ISO C has no conversion from dlsym()'s pointer to a function's; POSIX promises that it is one of the same size. */
static void find(void *handle, const char *name, void *pointer)
{
	void *at = dlsym(handle, name);
	there = there && at != NULL;
	memcpy(pointer, &at, sizeof at);
}

static void load(void)
{
	void *handle = dlopen("libical.so.3", RTLD_NOW | RTLD_LOCAL);
	if (handle == NULL) {
		log_fault("calendar files can't be read: %s", dlerror());
		return;
	}
	there = true;
#define ICAL_FIND(name) find(handle, #name, &library.name);
	ICAL_FUNCTIONS(ICAL_FIND)
	if (!there)
		log_fault("calendar files can't be read: %s", "this libical lacks functions");
}

const struct ical_library *ical(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, load);
	return there ? &library : NULL;
}
