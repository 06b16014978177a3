/* The tables. Prices and durations are those of a middling German town; each shop changes them at once. */
#include "modules/setup/starter.h"
#include "base/lang.h"
#include "base/text.h"

#define ACTIVE(m, label, where) { STARTER_ACTIVE, (m), (label), (where), NULL }
#define ACTIVE_WITH(m, label, where, what) { STARTER_ACTIVE, (m), (label), (where), (what) }
#define WAIT(m, where) { STARTER_WAIT, (m), "Einwirken", (where), NULL }
#define WAIT_WITH(m, label, where, what) { STARTER_WAIT, (m), (label), (where), (what) }
#define BUFFER(m, label, where) { STARTER_BUFFER, (m), (label), (where), NULL }

#define CHAIR "Bedienplatz"
#define BASIN "Waschplatz"
#define ROOM "Kabine"
#define NAILS "Nagelplatz"
#define FEET "Fußpflegeplatz"
#define COUCH "Liege"
#define TATTOO "Tattooplatz"
#define HOOD "Trockenhaube"
#define CLIMAZON "Climazon"
#define STEAMER "Bedampfer"
#define PULLEY "Zugapparat"
#define STONES "Hot-Stone-Wärmer"

#define CUT "Schnitt"
#define COLOUR "Farbe"
#define STYLING "Form und Styling"
#define MEN "Herren und Bart"
#define FACE "Kosmetik"
#define NAIL "Nägel"
#define MASSAGE "Massage und Physio"
#define INK "Tattoo"

static const struct starter_place places[] = {
	{ CHAIR, 3, true }, { BASIN, 2, false }, { ROOM, 1, false }, { NAILS, 2, false }, { FEET, 1, false },
	{ COUCH, 2, false }, { TATTOO, 1, false },
};
static const struct starter_device devices[] = {
	{ HOOD, 2 }, { CLIMAZON, 2 }, { STEAMER, 1 }, { PULLEY, 1 }, { STONES, 1 },
};

static const struct starter_group hair_groups[] = { { CUT, "schnitt" }, { COLOUR, "farbe" }, { STYLING, "form" } };
static const struct starter_service hair[] = {
	{ CUT, "sf", "Schnitt, Föhnen", 4900, { ACTIVE(10, "Waschen", BASIN), ACTIVE(35, "Schneiden, Föhnen", CHAIR) } },
	{ CUT, "st", "Schnitt, trocken", 4200, { ACTIVE(45, NULL, CHAIR) } },
	{ CUT, "spi", "Spitzen schneiden", 3500, { ACTIVE(30, NULL, CHAIR) } },
	{ CUT, "kis", "Kinderschnitt", 1900, { ACTIVE(20, NULL, CHAIR) } },
	{ CUT, "pon", "Pony", 1000, { ACTIVE(15, NULL, CHAIR) } },
	{ CUT, "mod", "Modellschnitt", 1500, { ACTIVE(75, NULL, CHAIR) } },
	{ COLOUR, "afb", "Ansatzfarbe", 5800, { ACTIVE(30, "Auftragen", CHAIR), WAIT(35, CHAIR) } },
	{ COLOUR, "kof", "Komplettfarbe", 6800, { ACTIVE(30, "Auftragen", CHAIR), WAIT(45, CHAIR) } },
	{ COLOUR, "ton", "Tönung", 3900, { ACTIVE(20, "Auftragen", CHAIR), WAIT(20, CHAIR) } },
	{ COLOUR, "glo", "Glossing", 3200, { ACTIVE(15, "Auftragen", CHAIR), WAIT(10, CHAIR) } },
	{ COLOUR, "fol", "Folien, halber Kopf", 8600, { ACTIVE(50, "Folien legen", CHAIR), WAIT(30, CHAIR) } },
	{ COLOUR, "fog", "Folien, ganzer Kopf", 12800, { ACTIVE(80, "Folien legen", CHAIR), WAIT_WITH(35, "Einwirken", CHAIR, CLIMAZON) } },
	{ COLOUR, "bal", "Balayage", 11200, { ACTIVE(45, "Auftragen", CHAIR), WAIT(35, CHAIR) } },
	{ COLOUR, "bll", "Balayage lang", 14800, { ACTIVE(60, "Auftragen", CHAIR), WAIT_WITH(45, "Einwirken", CHAIR, CLIMAZON),
	    ACTIVE(45, "Auswaschen, Glossing", BASIN) } },
	{ STYLING, "wf", "Waschen, Föhnen", 2800, { ACTIVE(10, "Waschen", BASIN), ACTIVE(20, "Föhnen", CHAIR) } },
	{ STYLING, "wl", "Waschen, Legen", 3400, { ACTIVE(10, "Waschen", BASIN), ACTIVE(15, "Eindrehen", CHAIR),
	    WAIT_WITH(20, "Trocknen", CHAIR, HOOD), ACTIVE(15, "Ausfrisieren", CHAIR) } },
	{ STYLING, "dw", "Dauerwelle", 8900, { ACTIVE(40, "Wickeln", CHAIR), WAIT_WITH(30, "Einwirken", CHAIR, HOOD),
	    ACTIVE(35, "Fixieren, Ausspülen", BASIN) } },
	{ STYLING, "hoc", "Hochstecken", 6500, { ACTIVE(60, NULL, CHAIR) } },
	{ STYLING, "bra", "Brautfrisur", 14500, { ACTIVE(120, NULL, CHAIR) } },
	{ STYLING, "bpr", "Brautfrisur, Probe", 9500, { ACTIVE(90, NULL, CHAIR) } },
	{ STYLING, "loc", "Locken oder Glätten", 3800, { ACTIVE(45, NULL, CHAIR) } },
	{ STYLING, "fle", "Flechten", 2500, { ACTIVE(30, NULL, CHAIR) } },
	{ STYLING, "kur", "Haarkur", 2200, { ACTIVE(10, "Auftragen", BASIN), WAIT_WITH(15, "Einwirken", CHAIR, HOOD) } },
	{ STYLING, "ext", "Extensions setzen", 39000, { ACTIVE(180, NULL, CHAIR) } },
};

static const struct starter_group men_groups[] = { { MEN, "herren" } };
static const struct starter_service men[] = {
	{ MEN, "hsc", "Herrenschnitt", 2900, { ACTIVE(30, NULL, CHAIR) } },
	{ MEN, "mas", "Maschinenschnitt", 1900, { ACTIVE(20, NULL, CHAIR) } },
	{ MEN, "hsb", "Schnitt und Bart", 4400, { ACTIVE(45, NULL, CHAIR) } },
	{ MEN, "bar", "Bart trimmen", 1500, { ACTIVE(15, NULL, CHAIR) } },
	{ MEN, "nar", "Nassrasur", 3200, { ACTIVE(30, NULL, CHAIR) } },
	{ MEN, "kra", "Kopfrasur", 3000, { ACTIVE(30, NULL, CHAIR) } },
	{ MEN, "jsc", "Jungenschnitt", 2000, { ACTIVE(20, NULL, CHAIR) } },
	{ MEN, "gra", "Grauhaar kaschieren", 2400, { ACTIVE(10, "Auftragen", CHAIR), WAIT(10, CHAIR), ACTIVE(5, "Auswaschen", BASIN) } },
};

static const struct starter_group cosmetics_groups[] = { { FACE, "kosmetik" } };
static const struct starter_service cosmetics[] = {
	{ FACE, "ges", "Gesichtsbehandlung", 6900, { ACTIVE_WITH(60, NULL, ROOM, STEAMER), BUFFER(10, "Lüften", ROOM) } },
	{ FACE, "geg", "Gesichtsbehandlung, groß", 9500, { ACTIVE_WITH(90, NULL, ROOM, STEAMER), BUFFER(10, "Lüften", ROOM) } },
	{ FACE, "aus", "Ausreinigung", 4900, { ACTIVE(45, NULL, ROOM), BUFFER(10, "Reinigen", ROOM) } },
	{ FACE, "brz", "Brauen zupfen", 1200, { ACTIVE(15, NULL, ROOM) } },
	{ FACE, "brf", "Brauen färben", 1400, { ACTIVE(10, "Auftragen", ROOM), WAIT(5, ROOM), ACTIVE(5, "Abnehmen", ROOM) } },
	{ FACE, "wif", "Wimpern färben", 1800, { ACTIVE(10, "Auftragen", ROOM), WAIT(10, ROOM), ACTIVE(5, "Abnehmen", ROOM) } },
	{ FACE, "wil", "Wimpernlifting", 5900, { ACTIVE(20, "Auflegen", ROOM), WAIT(25, ROOM), ACTIVE(15, "Abnehmen, Färben", ROOM) } },
	{ FACE, "wiv", "Wimpernverlängerung", 10900, { ACTIVE(120, NULL, ROOM), BUFFER(5, "Reinigen", ROOM) } },
	{ FACE, "wab", "Waxing Beine", 4500, { ACTIVE(45, NULL, ROOM), BUFFER(5, "Reinigen", ROOM) } },
	{ FACE, "wak", "Waxing Bikini", 3500, { ACTIVE(30, NULL, ROOM), BUFFER(5, "Reinigen", ROOM) } },
	{ FACE, "wao", "Waxing Oberlippe", 1000, { ACTIVE(10, NULL, ROOM) } },
};

static const struct starter_group nails_groups[] = { { NAIL, "naegel" } };
static const struct starter_service nails[] = {
	{ NAIL, "gne", "Gel, Neumodellage", 6200, { ACTIVE(105, NULL, NAILS), BUFFER(10, "Reinigen", NAILS) } },
	{ NAIL, "gau", "Gel auffüllen", 4800, { ACTIVE(75, NULL, NAILS), BUFFER(10, "Reinigen", NAILS) } },
	{ NAIL, "gab", "Gel ablösen", 2000, { ACTIVE(30, NULL, NAILS), BUFFER(5, "Reinigen", NAILS) } },
	{ NAIL, "man", "Maniküre", 2800, { ACTIVE(35, NULL, NAILS) } },
	{ NAIL, "mal", "Maniküre mit Lack", 3400, { ACTIVE(45, NULL, NAILS) } },
	{ NAIL, "shl", "Shellac", 3600, { ACTIVE(45, NULL, NAILS), BUFFER(5, "Reinigen", NAILS) } },
	{ NAIL, "rep", "Nagel reparieren", 800, { ACTIVE(15, NULL, NAILS) } },
	{ NAIL, "ped", "Pediküre", 3900, { ACTIVE(50, NULL, FEET), BUFFER(10, "Reinigen", FEET) } },
	{ NAIL, "pel", "Pediküre mit Lack", 4600, { ACTIVE(60, NULL, FEET), BUFFER(10, "Reinigen", FEET) } },
};

static const struct starter_group massage_groups[] = { { MASSAGE, "massage" } };
static const struct starter_service massage[] = {
	{ MASSAGE, "rue", "Rückenmassage", 2800, { ACTIVE(20, NULL, COUCH), BUFFER(10, "Lüften", COUCH) } },
	{ MASSAGE, "m30", "Massage, 30 Minuten", 3900, { ACTIVE(30, NULL, COUCH), BUFFER(10, "Lüften", COUCH) } },
	{ MASSAGE, "m60", "Massage, 60 Minuten", 6900, { ACTIVE(60, NULL, COUCH), BUFFER(10, "Lüften", COUCH) } },
	{ MASSAGE, "hot", "Hot-Stone-Massage", 8900, { ACTIVE_WITH(75, NULL, COUCH, STONES), BUFFER(15, "Lüften", COUCH) } },
	{ MASSAGE, "kg", "Krankengymnastik", 3200, { ACTIVE(20, NULL, COUCH), BUFFER(5, "Richten", COUCH) } },
	{ MASSAGE, "kgg", "Krankengymnastik am Gerät", 4800, { ACTIVE_WITH(60, NULL, NULL, PULLEY) } },
	{ MASSAGE, "mt", "Manuelle Therapie", 3400, { ACTIVE(20, NULL, COUCH), BUFFER(5, "Richten", COUCH) } },
	{ MASSAGE, "mld", "Lymphdrainage", 5200, { ACTIVE(45, NULL, COUCH), BUFFER(5, "Richten", COUCH) } },
	{ MASSAGE, "fan", "Fango", 1900, { ACTIVE(5, "Anlegen", COUCH), WAIT_WITH(20, "Ruhen", COUCH, NULL), ACTIVE(5, "Abnehmen", COUCH) } },
	{ MASSAGE, "ver", "Verordnung aufnehmen", 0, { ACTIVE(15, NULL, NULL) } },
};

static const struct starter_group tattoo_groups[] = { { INK, "block" } };
static const struct starter_service tattoo[] = {
	{ INK, "tbe", "Tattoo, Beratung", 0, { ACTIVE(20, NULL, NULL) } },
	{ INK, "tkm", "Tattoo, kleines Motiv", 12000, { ACTIVE(60, NULL, TATTOO), BUFFER(15, "Desinfizieren", TATTOO) } },
	{ INK, "ts2", "Tattoo, Sitzung 2 Stunden", 26000, { ACTIVE(120, NULL, TATTOO), BUFFER(15, "Desinfizieren", TATTOO) } },
	{ INK, "ts4", "Tattoo, Sitzung 4 Stunden", 48000, { ACTIVE(240, NULL, TATTOO), BUFFER(15, "Desinfizieren", TATTOO) } },
	{ INK, "tns", "Tattoo, Nachstechen", 0, { ACTIVE(60, NULL, TATTOO), BUFFER(15, "Desinfizieren", TATTOO) } },
	{ INK, "tan", "Tattoo, Anzahlung", 5000, { ACTIVE(5, NULL, NULL) } },
};

#define TABLE(groups_, services_) .groups = (groups_), .ngroups = COUNT(groups_), .services = (services_), .nservices = COUNT(services_)
static const struct starter starters[STARTER_COUNT] = {
	[STARTER_HAIR] = { "hair", N_("Hair"), N_("Cut, colour, styling, updos"), "schnitt", "scissors", TABLE(hair_groups, hair) },
	[STARTER_MEN] = { "men", N_("Men and beard"), N_("Cut, beard, wet shave"), "herren", "user-round", TABLE(men_groups, men) },
	[STARTER_COSMETICS] = { "cosmetics", N_("Cosmetics"), N_("Face, lashes, brows, waxing"), "kosmetik", "flower-2",
	    TABLE(cosmetics_groups, cosmetics) },
	[STARTER_NAILS] = { "nails", N_("Nails"), N_("Modelling, refill, manicure"), "naegel", "hand", TABLE(nails_groups, nails) },
	[STARTER_MASSAGE] = { "massage", N_("Massage and physiotherapy"), N_("Massage, physiotherapy, prescriptions"), "massage",
	    "hand-heart", TABLE(massage_groups, massage) },
	[STARTER_TATTOO] = { "tattoo", N_("Tattoo"), N_("Advice, session, touch-up, deposit"), "block", "stamp",
	    TABLE(tattoo_groups, tattoo) },
};

const struct starter *starter_get(enum starter_catalogue which) { return &starters[which]; }

int starter_minutes(const struct starter_service *service, enum starter_kind kind)
{
	int sum = 0;
	for (int i = 0; i < STARTER_PHASES; i++)
		if (service->phases[i].kind == kind) sum += service->phases[i].minutes;
	return sum;
}

const struct starter_place *starter_place(const char *class_name)
{
	for (size_t i = 0; i < COUNT(places); i++)
		if (text_equal(places[i].class_name, class_name)) return &places[i];
	return NULL;
}

const struct starter_device *starter_device(const char *name)
{
	for (size_t i = 0; i < COUNT(devices); i++)
		if (text_equal(devices[i].name, name)) return &devices[i];
	return NULL;
}

size_t starter_nservices(unsigned mask)
{
	size_t n = 0;
	for (unsigned c = 0; c < STARTER_COUNT; c++)
		if (mask & 1u << c) n += starters[c].nservices;
	return n;
}

size_t starter_ngroups(unsigned mask)
{
	size_t n = 0;
	for (unsigned c = 0; c < STARTER_COUNT; c++)
		if (mask & 1u << c) n += starters[c].ngroups;
	return n;
}
