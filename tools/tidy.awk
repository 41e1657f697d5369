# SPDX-License-Identifier: GPL-3.0-or-later
# The rules of HACKING.md that a line, or a few, can show. Reads C sources and headers with their paths
# relative to the tree (src/base/ring.c); prints file:line: what is wrong and what to do instead.
# Runs in the C locale: bytes 200-277 (octal) only continue a character, so they are not counted.

function complain(text) {
	printf "%s:%d: %s\n", FILENAME, FNR, text
}

function columns(line,   count, i, c) {
	gsub(/[\200-\277]/, "", line)
	if (index(line, "\t") == 0)
		return length(line)
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		count = c == "\t" ? count + 8 - count % 8 : count + 1
	}
	return count
}

# The line without comments, strings and characters: what is left is code. in_comment lives on between lines.
# Most lines are code or comment from end to end: to walk along those took half the time of all rules.
function code_of(line,   out, i, c, two, quote) {
	if (in_comment && index(line, "*/") == 0)
		return ""
	if (!in_comment && line !~ /["']|\/[*\/]/)
		return line
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		two = substr(line, i, 2)
		if (in_comment) {
			if (two == "*/") {
				in_comment = 0
				i++
			}
		} else if (quote != "") {
			if (c == "\\")
				i++
			else if (c == quote)
				quote = ""
		} else if (two == "/*") {
			in_comment = 1
			i++
		} else if (two == "//") {
			break
		} else if (c == "\"" || c == "'") {
			quote = c
			out = out c
		} else {
			out = out c
		}
	}
	return out
}

function ban(words, instead,   list, count, i) {
	count = split(words, list, " ")
	for (i = 1; i <= count; i++)
		banned[list[i]] = instead
}

function allow(layer, below,   list, count, i) {
	known_layer[layer] = 1
	count = split(below, list, " ")
	for (i = 1; i <= count; i++)
		may_include[layer, list[i]] = 1
}

BEGIN {
	ban("strcpy strncpy stpcpy strcat strncat sprintf vsprintf", "snprintf, or a struct buf")
	ban("gets scanf fscanf", "fgets and a parser that checks")
	ban("strtok", "strtok_r or a pointer of its own")
	ban("atoi atol atoll atof sscanf", "strtoll or strtod with its end pointer checked")
	ban("system popen vfork", "proc_start (sys/proc.h)")
	ban("localtime gmtime ctime asctime mktime", "tz_date, tz_wall, wall_print (base/civil.h)")
	ban("rand srand random srandom drand48", "chance_next or chance_bytes (sys/chance.h)")
	ban("alloca setjmp longjmp sigsetjmp siglongjmp", "plain control flow and bounded memory")
	ban("signal", "loop_on_stop_signals (sys/loop.h) or sigaction")
	ban("assert", "must (base/must.h); in tests ck_assert")
	ban("tmpnam tempnam mktemp", "mkstemp or O_TMPFILE")
	ban("pthread_cancel pthread_kill", "an atomic flag that the thread looks at")
	ban("sleep usleep", "the loop's timers, or clock_nanosleep in a thread that keeps time")

	impure["open"] = impure["read"] = impure["write"] = impure["close"] = impure["fopen"] = 1
	impure["time"] = impure["clock_gettime"] = impure["gettimeofday"] = impure["printf"] = 1
	impure["socket"] = impure["stat"] = impure["fprintf"] = impure["poll"] = 1

	allow("base", "base")
	allow("sys", "base sys")
	allow("plan", "base sys plan")
	allow("mix", "base sys mix")
	allow("proof", "base sys proof")
	allow("library", "base sys library")
	allow("people", "base sys people")
	allow("report", "base sys report proof/entry.h proof/reader.h proof/diary.h proof/outages.h proof/reason.h " \
	      "proof/registers.h proof/sameness.h")
	allow("station", "base sys plan mix proof library people report station")
	allow("web", "base sys people web report proof/reader.h proof/shelf.h station/client.h")
	allow("cli", "base sys plan mix proof library people report station web cli")
	# What tests may not do: wait by the clock.
	waits["sleep"] = waits["usleep"] = waits["nanosleep"] = waits["clock_nanosleep"] = 1
	# must.c writes its last words itself.
	last_words["write"] = "src/base/must.c"
}

FNR == 1 {
	in_comment = 0
	function_at = 0
	split(FILENAME, part, "/")
	layer = FILENAME ~ /^src\/[^\/]*\// ? part[2] : ""
	in_tests = FILENAME ~ /^tests\//
	if ($0 !~ /^\/\* SPDX-License-Identifier: GPL-3.0-or-later \*\/$/)
		complain("first line is not /* SPDX-License-Identifier: GPL-3.0-or-later */")
	if (layer != "" && !known_layer[layer])
		complain("no such layer: src/" layer "; see HACKING.md, Layers")
	guard = ""
	if (FILENAME ~ /^src\/.*\.h$/) {
		guard = toupper(FILENAME)
		sub(/^SRC\//, "VX_", guard)
		gsub(/[^A-Z0-9]/, "_", guard)
		guards[FILENAME] = guard
	}
}

/[ \t]$/ {
	complain("white space at the end of the line")
}

columns($0) > 100 {
	complain("more than 100 columns (" columns($0) ")")
}

/(^|[^A-Za-z_])((FIX)ME|(TO)DO|(X)XX)([^A-Za-z_]|$)/ {
	complain("a note to do something later; do it, or open an issue")
}

# An include may only point down.
/^#[ \t]*include[ \t]*"/ {
	split($0, quoted, "\"")
	target = quoted[2]
	split(target, way, "/")
	if (layer != "" && known_layer[layer]) {
		if (target !~ /^[a-z]+\/[a-z0-9_]+\.h$/)
			complain("include \"" target "\" is not of the form \"layer/name.h\"")
		else if (!may_include[layer, way[1]] && !may_include[layer, target])
			complain("src/" layer " may not include " target "; an arrow only points down (HACKING.md)")
	}
	next
}

/^#[ \t]*include[ \t]*</ {
	if (layer == "base" && /<(sys\/.*|unistd\.h|fcntl\.h|time\.h|pthread\.h|threads\.h|poll\.h)>/ &&
	    FILENAME != "src/base/must.c")
		complain("base is pure: no I/O, clock or thread; that belongs into src/sys")
	next
}

{
	if (guard != "" && $0 == "#ifndef " guard)
		seen_guard[FILENAME] = 1
	code = code_of($0)
	if (code ~ /typedef[ \t]+(const[ \t]+)?(struct|union|enum)/)
		complain("typedef'd struct, union or enum; write the tag out")
	rest = code
	while (match(rest, /[A-Za-z_][A-Za-z0-9_]*[ \t]*\(/)) {
		before = RSTART > 1 ? substr(rest, RSTART - 1, 1) : ""
		word = substr(rest, RSTART, RLENGTH - 1)
		rest = substr(rest, RSTART + RLENGTH)
		sub(/[ \t]+$/, "", word)
		if (before == "." || before == ">")
			continue
		if (word in banned && !(in_tests && word in waits))
			complain(word "() is banned; use " banned[word])
		if (in_tests && word in waits)
			complain(word "() in a test: wait on a condition with a bound, or use a simulated clock")
		if (layer == "base" && (word in impure || word ~ /^pthread_/) &&
		    last_words[word] != FILENAME)
			complain(word "() in src/base: base is pure")
	}
}

/^\{/ {
	function_at = FNR
}

/^\}/ {
	if (function_at && FNR - function_at > 70)
		complain("function of " FNR - function_at " lines; 70 is the limit")
	function_at = 0
}

FNR == 501 {
	complain("more than 500 lines; split the file")
}

END {
	for (file in guards)
		if (!seen_guard[file])
			printf "%s:1: include guard is not %s\n", file, guards[file]
}
