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
for name in one two other; do
	seed=7; test $name = other && seed=8
	"$program" demo --data "$folder/$name" --seed $seed --staff 6 --customers 300 --years 1 > "$folder/$name.txt"
done
records() { # now goes on between two runs, so today and what is counted back from it stay out
	sqlite3 -readonly "$1/kontor.db" "SELECT * FROM customer; SELECT * FROM absence; SELECT * FROM service_phase; SELECT * FROM shift;
	    SELECT * FROM use WHERE day < (SELECT max(day) - 40 FROM use); SELECT id, customer, day, start, end, status, note FROM appointment
	    WHERE day < (SELECT max(day) - 40 FROM appointment);" | sha256sum
}
is "same seed, same records" "$(records "$folder/one")" "$(records "$folder/two")"
test "$(records "$folder/one")" != "$(records "$folder/other")" && passed=$((passed + 1)) || { failed=$((failed + 1)); echo "another seed gives the same"; }
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
echo "$passed passed, $failed failed"
test $failed -eq 0
