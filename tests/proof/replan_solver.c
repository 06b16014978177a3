/* replan_solver.c: the re-planning engine against a solver. replan_solver CASES FOLDER [SEED]: writes each salon as a linear
 * program over all choices (people, times, places) that the slow oracle of replan_choices.h finds, lets glpsol solve it, and
 * compares the points. Tells how far off the plans were; fails if one is more than 5 % dearer than the solver's optimum. */
#define _GNU_SOURCE
#include "../unit/replan_choices.h"
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SECONDS = 20, KINDS = 3 };

/* Few choices and full days, a sick day as it is, a vacation. */
static const struct salon_size sizes[KINDS] = {
	{ .days = 2, .staff = 5, .places = 4, .devices = 1, .services = 5, .rows = 9, .steps = 2, .open = 540, .close = 900, .others = 26, .away_days = 1 },
	{ .days = 3, .staff = 9, .places = 6, .devices = 2, .services = 8, .rows = 12, .steps = 2, .open = 540, .close = 1080, .others = 130, .away_days = 1 },
	{ .days = 6, .staff = 5, .places = 4, .devices = 1, .services = 6, .rows = 12, .steps = 2, .open = 540, .close = 960, .others = 80, .away_days = 3 },
};

struct program {
	const struct salon *s;
	struct choices all[ROWS_MOST];
	int first[ROWS_MOST];                             /* number of each row's first variable; a call has none of its own */
	int base;                                         /* points that stand fixed */
	struct taken_over taken;                          /* by fixed rows */
	struct rooms rooms;
};

static struct grid fixed;
static struct salon salon;
static struct program program;

static void terms(FILE *f, int *n, int factor, int variable)
{
	fprintf(f, "%s%d x%d", (*n)++ % 8 == 7 ? "\n + " : " + ", factor, variable);
}

static int active_units(const struct replan_row *r, const struct slot *slot, int p)
{
	int64_t was[STEPS_MOST];
	int n = 0;
	staff_of_steps(r->now, was);
	for (size_t i = 0; i < slot->nclaims; i++)
		if (slot->claims[i].staff == p && was[slot->claims[i].step] != p)
			n += (slot->claims[i].end - slot->claims[i].start) / 5;
	return n;
}

static int uses_at(const struct slot *slot, int64_t resource, int at)
{
	int n = 0;
	for (size_t i = 0; i < slot->nclaims; i++) {
		const struct slot_claim *c = &slot->claims[i];
		int64_t id = resource_kind(resource) == RESOURCE_PERSON ? c->staff : resource_kind(resource) == RESOURCE_PLACE ? c->place : c->device;
		n += id == resource_id(resource) && c->start < at + 5 && c->end > at;
	}
	return n;
}

/* Sum of all who use the resource in these five minutes <= what there is; the same sum as five minutes before is left out. */
static void write_unit(FILE *f, const struct program *p, int64_t resource, int dayno, int at, int there, uint64_t *before)
{
	int n = 0, rows = 0;
	uint64_t same = 0;
	for (size_t i = 0; i < p->s->question.nrows; i++) {
		bool any = false;
		for (size_t k = 0; k < p->all[i].n; k++)
			if (day_no(p->all[i].at[k].slot.day) == dayno && uses_at(&p->all[i].at[k].slot, resource, at) > 0) {
				same = (same ^ (uint64_t)(p->first[i] + (int)k + 1)) * UINT64_C(0x100000001B3);
				any = true;
			}
		rows += any;
	}
	if (rows < 2 || (same == *before && at > 0)) {
		*before = same;
		return;
	}
	*before = same;
	for (size_t i = 0; i < p->s->question.nrows; i++)
		for (size_t k = 0; k < p->all[i].n; k++)
			if (day_no(p->all[i].at[k].slot.day) == dayno && uses_at(&p->all[i].at[k].slot, resource, at) > 0)
				terms(f, &n, 1, p->first[i] + (int)k);
	fprintf(f, " <= %d\n", there);
}

static void write_resource(FILE *f, const struct program *p, int64_t resource)
{
	for (int d = 0; d < p->s->size.days; d++) {
		uint64_t before = 0;
		for (int at = 0; at < DAY_MINUTES; at += 5) {
			int there = 1;
			if (resource_kind(resource) == RESOURCE_DEVICE)
				there = p->s->devices[resource_id(resource) - 1].quantity - fixed.devices[resource_id(resource)][d][at / 5];
			write_unit(f, p, resource, d, at, there, &before);
		}
	}
}

/* What a person takes over on a day, beyond the room for it, in parts of growing points. */
static void write_unfair(FILE *f, const struct program *p, int staff, int d)
{
	int n = 0;
	for (size_t i = 0; i < p->s->question.nrows; i++)
		for (size_t k = 0; k < p->all[i].n; k++) {
			int units = day_no(p->all[i].at[k].slot.day) == d ? active_units(&p->s->question.rows[i], &p->all[i].at[k].slot, staff) : 0;
			if (units > 0)
				terms(f, &n, units, p->first[i] + (int)k);
		}
	for (int i = 0; i < 5; i++)
		fprintf(f, " - u%d_%d_%d", staff, d, i);
	fprintf(f, " <= %d\n", (p->rooms.minutes[staff][d] - p->taken.minutes[staff][d]) / 5);
}

static void write_goal(FILE *f, const struct program *p)
{
	int n = 0;
	fprintf(f, "Minimize\n points:");
	for (size_t i = 0; i < p->s->question.nrows; i++) {
		const struct replan_row *r = &p->s->question.rows[i];
		for (size_t k = 0; k < p->all[i].n; k++)
			terms(f, &n, p->all[i].at[k].price.total, p->first[i] + (int)k);
		if (!row_fixed(r))
			fprintf(f, " + %d c%zu\n", CALL_POINTS, i);
	}
	for (int q = 1; q <= p->s->size.staff; q++)
		for (int d = 0; d < p->s->size.days; d++)
			for (int i = 0; i < 5; i++)
				fprintf(f, " + %d u%d_%d_%d%s", i + 1, q, d, i, i == 4 ? "\n" : "");
	fprintf(f, "Subject To\n");
}

static void write_bounds(FILE *f, const struct program *p)
{
	static const int most[] = { 6, 6, 12, 24 };
	fprintf(f, "Bounds\n");
	for (int q = 1; q <= p->s->size.staff; q++)
		for (int d = 0; d < p->s->size.days; d++)
			for (int i = 0; i < 4; i++)
				fprintf(f, " u%d_%d_%d <= %d\n", q, d, i, most[i]);
	fprintf(f, "Binary\n");
	for (size_t i = 0; i < p->s->question.nrows; i++) {
		for (size_t k = 0; k < p->all[i].n; k++)
			fprintf(f, " x%d\n", p->first[i] + (int)k);
		if (!row_fixed(&p->s->question.rows[i]))
			fprintf(f, " c%zu\n", i);
	}
	fprintf(f, "End\n");
}

static void write_program(const struct program *p, const char *path)
{
	FILE *f = fopen(path, "w");
	if (f == NULL)
		abort();
	write_goal(f, p);
	for (size_t i = 0; i < p->s->question.nrows; i++) {
		int n = 0;
		for (size_t k = 0; k < p->all[i].n; k++)
			terms(f, &n, 1, p->first[i] + (int)k);
		if (!row_fixed(&p->s->question.rows[i]))
			fprintf(f, " + c%zu = 1\n", i);
	}
	for (int i = 1; i <= p->s->size.staff; i++)
		write_resource(f, p, resource_of(RESOURCE_PERSON, i));
	for (int i = 1; i <= p->s->size.places; i++)
		write_resource(f, p, resource_of(RESOURCE_PLACE, i));
	for (int i = 1; i <= p->s->size.devices; i++)
		write_resource(f, p, resource_of(RESOURCE_DEVICE, i));
	for (int i = 1; i <= p->s->size.staff; i++)
		for (int d = 0; d < p->s->size.days; d++)
			write_unfair(f, p, i, d);
	write_bounds(f, p);
	fclose(f);
}

/* The solver's optimum; -1: not found in time. */
static int solved(const char *path, const char *answer)
{
	char seconds[16], line[200];
	const char *const words[] = { "glpsol", "--lp", path, "--cuts", "--tmlim", seconds, "-w", answer, NULL };
	posix_spawn_file_actions_t quiet;
	pid_t pid;
	int status, rows, columns;
	double points = -1;
	char how = 'n';
	snprintf(seconds, sizeof seconds, "%d", SECONDS);
	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
	unlink(answer);
	if (posix_spawnp(&pid, "glpsol", &quiet, NULL, (char *const *)words, environ) != 0 || waitpid(pid, &status, 0) != pid)
		return -2;
	posix_spawn_file_actions_destroy(&quiet);
	FILE *f = fopen(answer, "r");
	while (f != NULL && fgets(line, sizeof line, f) != NULL)
		if (sscanf(line, "s mip %d %d %c %lf", &rows, &columns, &how, &points) == 4)
			break;
	if (f == NULL)
		return -2;
	fclose(f);
	return how == 'o' ? (int)(points + 0.5) : -1;
}

/* All choices that can be part of a plan of at most these points. */
static void make_program(struct arena *a, struct program *p, const struct salon *s, int points)
{
	int least[ROWS_MOST] = {0}, sum = 0, n = 0;
	*p = (struct program){ .s = s };
	grid_fixed(s, &fixed);
	make_rooms(s, &fixed, &p->rooms);
	for (size_t i = 0; i < s->question.nrows; i++) {
		const struct replan_row *r = &s->question.rows[i];
		if (row_fixed(r)) {
			p->base += price_slot(s, &fixed, r, row_held(r)).price.total;
			take_over(&p->taken, r, row_held(r), 1);
			continue;
		}
		struct choices some = all_choices(a, s, &fixed, r, false, CALL_POINTS);
		least[i] = CALL_POINTS;
		for (size_t k = 0; k < some.n; k++)
			least[i] = some.at[k].price.total < least[i] ? some.at[k].price.total : least[i];
		sum += least[i];
	}
	for (size_t i = 0; i < s->question.nrows; i++) {
		p->first[i] = n;
		if (row_fixed(&s->question.rows[i]))
			continue;
		int dear = points - p->base - (sum - least[i]) + 1;
		p->all[i] = all_choices(a, s, &fixed, &s->question.rows[i], true, dear < CALL_POINTS ? dear : CALL_POINTS);
		n += (int)p->all[i].n;
	}
}

struct tally { int n, best, under_1, under_5, over, late, proved; double worst; };

static void one_case(struct arena *a, uint64_t seed, const char *folder, struct tally *t)
{
	char path[400], answer[400];
	make_salon(&salon, seed, sizes[seed % KINDS]);
	if (seed % 2 == 0)
		let_all_compete(&salon);
	struct replan plan = replan_make(a, &salon.question);
	make_program(a, &program, &salon, plan.sum.total);
	snprintf(path, sizeof path, "%s/case.lp", folder);
	snprintf(answer, sizeof answer, "%s/case.txt", folder);
	write_program(&program, path);
	int optimum = solved(path, answer);
	if (optimum == -2) {
		printf("salon %llu: glpsol did not run\n", (unsigned long long)seed);
		t->over++;
		return;
	}
	if (optimum == -1) {
		t->late++;
		return;
	}
	optimum += program.base;
	double off = plan.sum.total == optimum ? 0 : 100.0 * (plan.sum.total - optimum) / (optimum > 0 ? optimum : 1);
	t->n++;
	t->best += off == 0;
	t->under_1 += off > 0 && off <= 1;
	t->under_5 += off > 1 && off <= 5;
	t->worst = off > t->worst ? off : t->worst;
	t->proved += plan.proved;
	if (off > 5 || off < 0 || plan.bound > optimum) {
		t->over++;
		printf("salon %llu: %d points, bound %d, the solver has %d\n", (unsigned long long)seed, plan.sum.total, plan.bound, optimum);
	}
}

int main(int argc, char **argv)
{
	struct tally t = {0};
	struct arena *a = arena_new();
	if (argc < 3) {
		fprintf(stderr, "replan_solver CASES FOLDER [SEED]\n");
		return 2;
	}
	uint64_t cases = strtoull(argv[1], NULL, 10), first = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
	for (uint64_t seed = first; seed < first + cases; seed++) {
		one_case(a, seed, argv[2], &t);
		arena_reset(a);
	}
	arena_free(a);
	printf("%d salons solved: %d plans are the optimum, %d up to 1 %% off, %d up to 5 %%, worst %.2f %%; %d proved by the engine itself; %d beyond the solver's %d s\n",
		t.n, t.best, t.under_1, t.under_5, t.worst, t.proved, t.late, SECONDS);
	if (t.n * 4 < (int)cases * 3)
		t.over++;
	printf("%d passed, %d failed\n", t.n - t.over > 0 ? t.n - t.over : 0, t.over);
	return t.over > 0;
}
