# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The server under test. Sourced; the implementation is server-$LAB_SERVER.sh, which defines:
#
#   server_name               name and version, one line
#   server_families           4, 6 or both: the protocols it serves
#   server_start HOST PLAN... starts on that host with Kea JSON documents, one for each protocol it is to serve, returns when it
#                             serves; non-zero when it cannot
#   server_restart            starts again after server_stop or server_kill, with everything as it was
#   server_stop               orderly stop, returns when the process is gone
#   server_kill               kill -9, returns when the process is gone
#   server_pid                its process id
#   server_log                its log file
#   server_leases             every lease it holds, one "address" or "prefix/length" a line
#   server_drops              a line "reason count" for each reason to drop a packet; non-zero if it does not count reasons
#   server_memory_kib         memory in use, after garbage is collected
#   server_log_clean          succeeds when the log shows no uncaught error
#   server_status             what the server says about itself; non-zero when something is wrong
#   server_store_dir          the directory of its leases
#   server_small_store        before the first start: files of the store small enough for a small disk
#   server_survives_file_limit  succeeds when the server lives through writes that fail for any reason
#   server_plan PLAN...       puts each plan in place of the one before, for the next start or reload
#   server_reload             loads the plan into the running server; non-zero, with the mistakes, when it is refused
#   server_check_plan PLAN    checks a plan without a server
#   server_plan_errors        what the log says about mistakes in a plan
#   server_knows_last_good_plan  succeeds when the server starts with the last good plan if the one in place is refused
#   server_console            an interactive console on the terminal, if the server has one
#   server_cleanup            called by lab_end
#
# LAB_START_SECONDS is how long a start may take.
#
# State lives in SERVER_DIR and outlives restarts; server_start on an empty SERVER_DIR starts from nothing.

# plan_family PLAN: 4 or 6.
plan_family() { if grep -q '"Dhcp4"' "$1"; then echo 4; else echo 6; fi; }

SERVER_DIR=${SERVER_DIR:-$LAB_OUT/server}
# shellcheck source=/dev/null
. "$LAB_HOME/server-$LAB_SERVER.sh"
