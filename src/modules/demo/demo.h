/* demo.h: fills an empty data folder with an invented salon, for trying out, for measuring and for tests. The same
 * options give the same records: no clock is read, chance comes from the seed. Only the passwords' salts differ. */
#ifndef MODULES_DEMO_DEMO_H
#define MODULES_DEMO_DEMO_H
#include "base/values.h"

struct demo_options {
	uint64_t seed;
	int staff;                   /* with a column in the book: 1..12 */
	int customers, years;        /* 1..100000, 0..10 of past; four weeks of future come with it */
	const char *csv_folder;      /* the benchmark's salon (README of gen_data.py) instead of an invented one; NULL = none */
	day today;
	daytime now;                 /* up to here today is over */
};
enum { DEMO_MOST_STAFF = 12, DEMO_MOST_CUSTOMERS = 100000, DEMO_MOST_YEARS = 10 };
#define DEMO_PASSWORD "demo-salon"

struct demo_result { int64_t staff, customers, appointments; };
/* 0, or -1: the folder holds a salon already, or a fault of the world (logged). */
int demo_write(const char *dir, const struct demo_options *, struct demo_result *result_r) MUST_USE;
/* The name and PIN of the i-th person, for whoever prints them. NULL after the last one. PINs: 1111, 2222 … */
const char *demo_person(const struct demo_options *, int i, const char **pin_r);
#endif
