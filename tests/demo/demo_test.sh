#!/bin/bash
# The demo salon: the same flags give the same records, nothing overlaps, and the journal holds what was written.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
program=$PWD/${BUILD:-build}/kontor
passed=0; failed=0
is() { # what, got, wanted
	if [ "$2" = "$3" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "$1: got $2, wanted $3"; fi
}
make_salon() { # name, moment of the clock, flags
	KONTOR_NOW=$2 "$program" demo --data "$folder/$1" --staff 6 --customers 300 --years 1 "${@:3}" > "$folder/$1.txt"
}
make_salon one 2026-11-25T09:13 --seed 7 --today 2026-11-23
make_salon two 2027-02-03T17:40 --seed 7 --today 2026-11-23
make_salon other 2026-11-25T09:13 --seed 8 --today 2026-11-23
make_salon clock 2026-11-23T11:00 --seed 7
records() { # all but the passwords' salts, what is hashed over them, and when the tables were made
	local file=$folder/$1/kontor.db tables
	tables=$(sqlite3 -readonly "$file" "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('staff_secret', 'journal') AND name NOT LIKE 'sqlite%' ORDER BY name")
	for table in $tables; do echo "$table"; sqlite3 -readonly "$file" "SELECT * FROM \"$table\""; done | sha256sum
	sqlite3 -readonly "$file" "SELECT seq, command, text, at FROM journal WHERE kind = 1" | sha256sum
}
is "the same salon on another day" "$(records two)" "$(records one)"
is "--today is that day at eleven" "$(records clock)" "$(records one)"
test "$(records one)" != "$(records other)" && passed=$((passed + 1)) || { failed=$((failed + 1)); echo "another seed gives the same"; }
"$program" demo --data "$folder/no" --today 2026-02-30 > /dev/null 2> "$folder/no.txt" && no=made || no=$(cat "$folder/no.txt")
is "a day that is none" "$no" "--today: bitte einen Tag wie 2026-11-23, nicht „2026-02-30“."
ask() { sqlite3 -readonly "$folder/one/kontor.db" "$1"; }
is "people and places overlap" "$(ask "SELECT count(*) FROM use a JOIN use b ON a.day = b.day AND a.resource = b.resource AND a.start < b.end AND b.start < a.end
    AND (a.appointment, a.phase) < (b.appointment, b.phase) WHERE a.resource & 3 < 3")" 0
is "more devices than there are" "$(ask "SELECT count(*) FROM use a JOIN device d ON d.id = a.resource >> 2 WHERE a.resource & 3 = 3 AND (SELECT count(*) FROM use b
    WHERE b.day = a.day AND b.resource = a.resource AND b.start <= a.start AND a.start < b.end) > d.quantity")" 0
is "too few appointments" "$(ask "SELECT count(*) > 2000 FROM appointment")" 1
is "a no-show takes time" "$(ask "SELECT count(*) FROM use JOIN appointment a ON a.id = appointment WHERE status IN (7, 8)")" 0
is "a phase away from its person" "$(ask "SELECT count(*) FROM appt_phase WHERE kind = 0 AND staff IS NULL")" 0
"$program" demo --data "$folder/one" > /dev/null 2>&1 && again=filled || again=refused
is "a second time" "$again" refused
"$program" check --data "$folder/one" > /dev/null && checked=clean || checked=faulty
is "kontor check" "$checked" clean
is "some wait, all can be called" "$(ask "SELECT count(*) > 4 AND min(coalesce(c.mobile, c.phone) IS NOT NULL AND EXISTS (SELECT 1 FROM waiting_service s WHERE s.waiting = w.id)) FROM waiting w JOIN customer c ON c.id = w.customer")" 1
is "done while the place is still aired" "$(ask "SELECT count(*) > 0 AND avg(abs((done_at - started_at) / 60 - length) < 5) > 0.9 FROM (SELECT a.done_at, a.started_at, max(p.offset + p.minutes) AS length
    FROM appointment a JOIN appt_step s ON s.appointment = a.id JOIN appt_phase p ON p.step = s.id AND p.kind < 2 WHERE a.done_at IS NOT NULL AND a.day < 20780 GROUP BY a.id)")" 1

# A tenth of the large salon (12, 100000, 10: 444183): full, with gaps to book in the weeks to come.
"$program" demo --data "$folder/large" --staff 12 --customers 25000 --years 1 --today 2026-11-23 > /dev/null
large() { sqlite3 -readonly "$folder/large/kontor.db" "$1"; }
is "appointments of the large one" "$(large "SELECT count(*) BETWEEN 43000 AND 49000 FROM appointment")" 1
is "some cancel, some do not come" "$(large "SELECT avg(status = 7) BETWEEN 0.04 AND 0.10 AND avg(status = 8) BETWEEN 0.01 AND 0.05 FROM appointment")" 1
is "there are blocks" "$(large "SELECT count(*) > 50 FROM appointment WHERE kind = 1")" 1
is "today is busy, in three weeks less than half of that is taken" "$(large "SELECT (SELECT sum(end - start) FROM use WHERE resource & 3 = 1 AND day = 20780)
    > 2 * (SELECT max(m) FROM (SELECT sum(end - start) m FROM use WHERE resource & 3 = 1 AND day > 20800 GROUP BY day))")" 1
echo "$passed passed, $failed failed"
test $failed -eq 0
