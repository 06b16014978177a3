/* ical_library.h: libical, loaded when the first calendar file is read. It brings ICU and C++ along, three megabytes that the
 * program would carry about all day for what a salon does once. Its functions are called as ical()->name(…). */
#ifndef IMPORT_ICAL_LIBRARY_H
#define IMPORT_ICAL_LIBRARY_H
#include <libical/ical.h>

#define ICAL_FUNCTIONS(EACH) EACH(icalerror_set_errors_are_fatal) EACH(icalparser_parse_string) EACH(icalcomponent_isa) EACH(icalcomponent_free) \
	EACH(icaltimezone_new) EACH(icaltimezone_free) EACH(icaltimezone_set_component) EACH(icaltimezone_get_builtin_timezone) \
	EACH(icaltimezone_get_utc_timezone) EACH(icaltimezone_get_utc_offset) EACH(icaltimezone_get_utc_offset_of_utc_time) \
	EACH(icaltime_is_null_time) EACH(icaltime_is_utc) \
	EACH(icalrecurrencetype_from_string) EACH(icalrecur_iterator_new) EACH(icalrecur_iterator_set_start) EACH(icalrecur_iterator_next) EACH(icalrecur_iterator_free)

#define ICAL_POINTER(name) __typeof__(&(name)) name;
struct ical_library { ICAL_FUNCTIONS(ICAL_POINTER) };
#undef ICAL_POINTER

/* Loads it if need be. NULL: it is not there, which was logged; without having asked nobody calls any of it. */
const struct ical_library *ical(void);
#endif
