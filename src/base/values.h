/* values.h: the value types that every floor shares. One-member structs, so that the compiler keeps
 * cents, minutes and days apart. NONE in any of them means "not given" (NULL in the database). */
#ifndef BASE_VALUES_H
#define BASE_VALUES_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef const char *str;                    /* UTF-8, ends in zero; NULL = not given */
typedef struct { int64_t cents; } money;
typedef struct { int64_t min; } minutes;    /* a duration */
typedef struct { int64_t min; } daytime;    /* minutes since local midnight, 0..1440 */
typedef struct { int64_t n; } day;          /* days since 1970-01-01, local calendar */
typedef struct { int64_t s; } instant;      /* UTC seconds since 1970-01-01 */
typedef struct { int64_t id; } ref;         /* another record's id; 0 = none */
struct bytes { const void *at; size_t n; }; /* at NULL = missing */

#define NONE INT64_MIN
#define COUNT(array) (sizeof(array) / sizeof *(array))
#define MUST_USE __attribute__((warn_unused_result))
#endif
