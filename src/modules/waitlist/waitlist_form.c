#include "modules/waitlist/waitlist_form.h"
#include "base/date.h"
#include "base/text.h"
#include "web/icon.h"

enum { MONDAY = 4, FAR_AWAY = 7 };               /* 5 January 1970; days */

static char *iso(struct arena *a, day d)
{
	struct out o = { .arena = a };
	if (d.n != NONE)
		out_iso_day(&o, d);
	return o.s ? o.s : arena_text(a, "");
}

static char *time_of(struct arena *a, int minute) { return minute > 0 ? daytime_text(a, (daytime){ minute }) : arena_text(a, ""); }

/* What is carried in links besides the booking's state. */
static char *extra(struct arena *a, const struct waiting_form *f)
{
	const struct { const char *key, *value; } texts[] = { { "from", f->from }, { "to", f->to }, { "t1", f->earliest }, { "t2", f->done_by },
		{ "note", f->note } };
	char *text = arena_printf(a, "&form=1&entry=%lld", (long long)f->version);
	for (int i = 1; i <= 7; i++)
		if (f->weekdays & 1u << (unsigned)i)
			text = arena_printf(a, "%s&wd=%d", text, i);
	for (size_t i = 0; i < COUNT(texts); i++)
		if (!text_empty(texts[i].value))
			text = arena_printf(a, "%s&%s=%s", text, texts[i].key, url_encode(a, texts[i].value));
	return text;
}

/* What was typed for the time while booking is the first guess: the same weekday, from that time on. */
static void guess(struct request *r, struct waiting_form *f)
{
	const struct when *w = &f->booking.when;
	if (w->day.n != NONE)
		f->weekdays = 1u << (unsigned)date_weekday(w->day);
	if (w->day.n != NONE && w->day.n - r->today.n > FAR_AWAY)
		f->from = iso(r->arena, w->day);
	if (w->earliest >= 0)
		f->earliest = daytime_text(r->arena, (daytime){ w->earliest });
}

void waitlist_form_read(struct request *r, struct waiting_form *f)
{
	struct booking *b = &f->booking;
	*f = (struct waiting_form){ .id = r->id[0], .version = request_int(r, "entry"), .from = request_get(r, "from"), .to = request_get(r, "to"),
		.earliest = request_get(r, "t1"), .done_by = request_get(r, "t2"), .note = request_get(r, "note") };
	booking_read_wish(r, b);
	const char *one;
	for (size_t i = 0; (one = request_all(r, "wd", i)) != NULL; i++)
		if (one[0] >= '1' && one[0] <= '7' && one[1] == '\0')
			f->weekdays |= 1u << (unsigned)(one[0] - '0');
	if (!request_yes(r, "form"))
		guess(r, f);
	f->version = f->version == NONE ? 0 : f->version;
	b->when_text = NULL;
	b->walk_in = false;
	b->services_said = b->services_said || b->chain.n > 0;
	b->path = arena_printf(r->arena, "/waitlist/%lld", (long long)f->id);
	b->extra = extra(r->arena, f);
}

static bool refuse(struct waiting_form *f, const char *field, const char *sentence)
{
	f->wrong = field;
	f->error = sentence;
	return false;
}

static bool read_one_day(struct request *r, struct waiting_form *f, const char *key, const char *typed, const char *sentence, day *day_r)
{
	*day_r = (day){ NONE };
	if (text_empty(typed) || read_day(typed, r->today, day_r))
		return true;
	return refuse(f, key, arena_printf(r->arena, sentence, typed));
}

static bool read_one_time(struct request *r, struct waiting_form *f, const char *key, const char *typed, const char *sentence, int *minute_r)
{
	daytime t = { 0 };
	*minute_r = 0;
	if (!text_empty(typed) && (!read_daytime(typed, &t) || t.min % RASTER != 0))
		return refuse(f, key, arena_printf(r->arena, sentence, typed));
	*minute_r = (int)t.min;
	return true;
}

bool waitlist_form_wish(struct request *r, struct waiting_form *f, struct waiting_wish *w)
{
	*w = (struct waiting_wish){ .weekdays = f->weekdays, .staff = f->booking.staff, .since = r->today };
	if (!read_one_day(r, f, "from", f->from, _("From day: a day like “24.12.”, not “%s”."), &w->from) ||
	    !read_one_day(r, f, "to", f->to, _("Until day: a day like “24.12.”, not “%s”."), &w->to) ||
	    !read_one_time(r, f, "t1", f->earliest, _("From: a time like “14:30”, not “%s”."), &w->earliest) ||
	    !read_one_time(r, f, "t2", f->done_by, _("Until: a time like “14:30”, not “%s”."), &w->done_by))
		return false;
	if (w->to.n != NONE && w->to.n < r->today.n)
		return refuse(f, "to", arena_printf(r->arena, _("Until day: %s is over already."), day_short(r->arena, w->to)));
	if (w->from.n != NONE && w->to.n != NONE && w->from.n > w->to.n)
		return refuse(f, "to", _("Until day: not before the first day."));
	if (w->done_by > 0 && w->earliest + f->booking.chain.minutes > w->done_by)
		return refuse(f, "t2", arena_printf(r->arena, _("Until: the services take %d minutes, there is less time between the two."),
		    f->booking.chain.minutes));
	if (f->note != NULL && text_length(f->note) > 500)
		return refuse(f, "note", _("Note: at most 500 characters."));
	return true;
}

char *waitlist_form_path(struct arena *a, const struct waitlist_entry *w)
{
	struct waiting_form f = { .version = w->version, .weekdays = w->wish.weekdays, .from = iso(a, w->wish.from), .to = iso(a, w->wish.to),
		.earliest = time_of(a, w->wish.earliest), .done_by = time_of(a, w->wish.done_by), .note = w->note };
	return arena_printf(a, "/waitlist/%lld?customer=%lld&svc=%s&staff=%lld%s%s", (long long)w->id, (long long)w->customer,
	    url_encode(a, w->services ? w->services : ""), (long long)w->wish.staff, w->only ? "&only=1" : "", extra(a, &f));
}

#include "gen/modules/waitlist/waitlist_form.html.h"

static void panel(struct request *r, const struct day_view *view, void *about)
{
	(void)view;
	form_html(&r->page, r, about);
}

void waitlist_form_page(struct request *r, struct waiting_form *f)
{
	struct day_wish wish = { .day = f->booking.day };
	page_book_wide(r, &wish, panel, f);
}
