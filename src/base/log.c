#include "base/log.h"
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

static atomic_uint faults;

static void line(const char *kind, const char *fmt, va_list ap)
{
	char text[1000];
	vsnprintf(text, sizeof text, fmt, ap);
	fprintf(stderr, "kontor: %s%s\n", kind, text);
}

void log_fault(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	line("fault: ", fmt, ap);
	va_end(ap);
	atomic_fetch_add(&faults, 1);
}

void log_note(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	line("", fmt, ap);
	va_end(ap);
}

unsigned log_faults(void) { return atomic_load(&faults); }

_Noreturn void log_bug(const char *file, int line_number, const char *what)
{
	fprintf(stderr, "kontor: bug: %s:%d: %s\n", file, line_number, what);
	abort();
}
