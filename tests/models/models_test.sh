#!/bin/bash
# models_test.sh: the two protocols as spin models (a letter's way through a host that drops, repeats and is
# restored; what is published through a hostile host): without an error, and each deliberate mistake is found.
set -u
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
passed=0; failed=0

# checked MODEL none|some KNOB…: searches all states; none: no error may be found, some: one must.
checked() {
	local model=$1 wanted=$2; shift 2
	local found
	( cd "$work" && spin -a "$@" "$OLDPWD/tests/models/$model.pml" > spin.log 2>&1 && gcc -O2 -w -DSAFETY -DMEMLIM=2000 -DCOLLAPSE -o pan pan.c &&
		timeout 250 ./pan -E -m400000 > pan.log 2>&1 ) || { tail -3 "$work"/*.log; failed=$((failed + 1)); return; }
	found=$(sed -n 's/.*errors: \([0-9]*\).*/\1/p' "$work/pan.log")
	if { [ "$wanted" = none ] && [ "$found" = 0 ]; } || { [ "$wanted" = some ] && [ "${found:-0}" -gt 0 ]; }; then
		passed=$((passed + 1))
	else
		echo "$model $*: errors: ${found:-unknown}"; tail -3 "$work/pan.log"; failed=$((failed + 1))
	fi
}

checked mbox1 none
for knob in DEDUP=0 ACKFIRST=1 NORECON=1 STATUSFIRST=1 TRUSTMIRROR=1; do checked mbox1 some -D$knob; done
checked publish none
for knob in NOHWM=1 NOLID=1 NOGEN=1; do checked publish some -D$knob; done
echo "$passed passed, $failed failed"
exit $((failed > 0))
