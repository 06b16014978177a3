#!/bin/bash
# replan_solver_test.sh: a share of the salons; more of them in make proof.
exec tests/rules/replan_solver.sh 90
