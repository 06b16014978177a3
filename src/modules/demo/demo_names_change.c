/* Invented people. Telephone numbers come from the ranges that the Federal Network Agency keeps free for films and
 * broadcasts, so that nobody's telephone rings; mail goes to example.org (RFC 2606). */
#include "modules/demo/demo_private.h"
#include "base/text.h"
#include <string.h>

static const char *const women[] = {
	"Anna", "Lena", "Marie", "Sophie", "Julia", "Laura", "Sarah", "Lisa", "Katharina", "Petra", "Sabine", "Monika", "Ursula",
	"Renate", "Karin", "Heike", "Claudia", "Nicole", "Stefanie", "Birgit", "Emma", "Mia", "Hanna", "Zoë", "Ingrid", "Gisela",
	"Christa", "Helga", "Brigitte", "Andrea", "Martina", "Susanne", "Gabriele", "Angelika", "Silke", "Tanja", "Melanie",
	"Jana", "Franziska", "Johanna", "Charlotte", "Mathilda", "Friederike", "Annegret", "Hannelore", "Rosemarie", "Elfriede",
	"Anneliese", "Marlies", "Antje", "Wiebke", "Frauke", "Ulrike", "Dörte", "Käthe", "Luise", "Greta", "Ida", "Paula", "Nele",
};
static const char *const men[] = {
	"Jürgen", "Thomas", "Michael", "Andreas", "Stefan", "Christian", "Markus", "Peter", "Wolfgang", "Klaus", "Jonas", "Lukas",
	"Felix", "Paul", "Leon", "Björn", "Holger", "Uwe", "Dieter", "Günter", "Heinz", "Manfred", "Frank", "Matthias", "Tobias",
	"Sebastian", "Florian", "Jan", "Tim", "Niklas", "Moritz", "Jakob", "Karl-Heinz", "Hans-Joachim", "Rolf", "Bernd", "Ralf",
};
static const char *const family[] = {
	"Müller", "Schmidt", "Schneider", "Fischer", "Weber", "Meyer", "Wagner", "Becker", "Schulz", "Hoffmann", "Schäfer", "Koch",
	"Bauer", "Richter", "Klein", "Wolf", "Schröder", "Neumann", "Schwarz", "Zimmermann", "Braun", "Krüger", "Hofmann",
	"Hartmann", "Lange", "Schmitt", "Werner", "Krause", "Meier", "Lehmann", "Köhler", "Herrmann", "König", "Walter", "Mayer",
	"Huber", "Kaiser", "Fuchs", "Peters", "Lang", "Scholz", "Möller", "Weiß", "Jung", "Hahn", "Schubert", "Vogel", "Friedrich",
	"Keller", "Günther", "Frank", "Berger", "Winkler", "Roth", "Beck", "Lorenz", "Baumann", "Franke", "Albrecht", "Schuster",
	"Simon", "Ludwig", "Böhm", "Winter", "Kraus", "Martin", "Schumacher", "Krämer", "Vogt", "Stein", "Jäger", "Otto", "Sommer",
	"Groß", "Seidel", "Heinrich", "Brandt", "Haas", "Schreiber", "Graf", "Dietrich", "Ziegler", "Kuhn", "Kühn", "Pohl", "Engel",
	"Horn", "Busch", "Bergmann", "Voigt", "Sauer", "Arnold", "Wolff", "Pfeiffer", "Kerber", "Ahrens", "Behrens", "Cordes",
	"Dettmer", "Eggers", "Freitag", "Gerlach", "Hillebrand", "Ihlenfeld", "Jacobsen", "Kleinschmidt", "Lüdecke", "Mertens",
	"Niemeyer", "Oelze", "Papendiek", "Quast", "Rosenthal", "Siebrecht", "Thiele", "Uhlendorf", "Vahlbruch", "Wedekind",
	"Köhler-Assenmacher", "Schulze-Oechtering", "von der Heyde", "Freifrau von Hammerstein", "Meyer zu Selhausen",
	"Müller-Lüdenscheidt", "Leutheusser-Kleinschmidt", "Oberländer", "Wiesner", "Zu Knyphausen",
};
static const char *const turkish_women[] = { "Ayşe", "Fatma", "Zeynep", "Elif", "Gülcan", "Emine", "Büşra", "Sevgi" };
static const char *const turkish_men[] = { "Mehmet", "Mustafa", "Emre", "Hüseyin", "Oğuzhan", "Yusuf", "Çağlar" };
static const char *const turkish[] = { "Yılmaz", "Öztürk", "Yıldız", "Şahin", "Demir", "Çelik", "Kaya", "Aydın", "Arslan", "Doğan" };
static const char *const polish_women[] = { "Agnieszka", "Małgorzata", "Katarzyna", "Elżbieta", "Joanna", "Beata" };
static const char *const polish_men[] = { "Krzysztof", "Tomasz", "Paweł", "Łukasz", "Marek" };
static const char *const polish[] = { "Nowak", "Kowalczyk", "Wiśniewski", "Wójcik", "Dzierżanowski", "Szczepański", "Brzęczyszczykiewicz" };
static const char *const viet_women[] = { "Linh", "Anh", "Thị Hồng", "Mai", "Phương" };
static const char *const viet_men[] = { "Minh", "Tuấn", "Quang Huy", "Đức" };
static const char *const viet[] = { "Nguyễn", "Trần", "Lê", "Phạm", "Nguyen-Hartmann", "Hoàng" };
static const char *const streets[] = { "Hauptstraße", "Bahnhofstraße", "Gartenweg", "Lindenallee", "Schulstraße", "Ringstraße",
	"Bergstraße", "Kirchgasse", "Marktplatz", "Mühlweg", "Weender Landstraße", "Am Steinsgraben", "Reinhäuser Chaussee" };

#define ANY(c, table) (table)[demo_chance_below((c), (int)COUNT(table))]

struct demo_name demo_names_any(struct demo_chance *c)
{
	bool female = demo_chance_in(c, 680);
	int origin = demo_chance_below(c, 1000);
	struct demo_name name = { .female = female };
	if (origin < 60) {
		name.first = female ? ANY(c, turkish_women) : ANY(c, turkish_men);
		name.last = ANY(c, turkish);
	} else if (origin < 100) {
		name.first = female ? ANY(c, polish_women) : ANY(c, polish_men);
		name.last = ANY(c, polish);
	} else if (origin < 120) {
		name.first = female ? ANY(c, viet_women) : ANY(c, viet_men);
		name.last = ANY(c, viet);
	} else {
		name.first = female ? ANY(c, women) : ANY(c, men);
		name.last = ANY(c, family);
	}
	return name;
}

const char *demo_names_mobile(struct arena *arena, struct demo_chance *c)
{
	if (demo_chance_in(c, 500)) return arena_printf(arena, "0171 39200%02d", demo_chance_below(c, 100));
	return arena_printf(arena, "0176 040690%02d", demo_chance_below(c, 100));
}

const char *demo_names_phone(struct arena *arena, struct demo_chance *c)
{
	static const char *const ranges[] = { "030 23125", "069 90009", "040 66969", "0221 4710", "089 99998" };
	return arena_printf(arena, "%s %03d", ANY(c, ranges), demo_chance_below(c, 1000));
}

const char *demo_names_mail(struct arena *arena, struct demo_name name, int64_t number)
{
	const char *first = text_fold(arena, name.first), *last = text_fold(arena, name.last);
	char *mail = arena_printf(arena, "%s.%s.%lld@example.org", first, last, (long long)number);
	for (char *s = mail; *s != '\0'; s++)
		if (*s == ' ') *s = '-';
	return mail;
}

const char *demo_names_street(struct demo_chance *c) { return ANY(c, streets); }
