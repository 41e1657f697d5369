/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program tells its operator on stderr; not the log of record (that is
 * proof/journal.h). */
#ifndef VX_SYS_LOG_H
#define VX_SYS_LOG_H

#include "base/text.h"

/* Levels. info: what a person would want to know happened. warn: the station goes on, but somebody
 * should look. A thing is logged once, by the one who decides what follows from it; everybody below
 * returns struct err. One line each, one write(2), so lines of several processes do not mix. Under
 * systemd the priority prefix of sd-daemon(3) goes first. Any thread but the real-time one. */
#define log_info(...) LOG_TO_OWN(log_put_info, __VA_ARGS__)
#define log_warn(...) LOG_TO_OWN(log_put_warn, __VA_ARGS__)

/* In the program's own language, whomever the thread is answering: macros, so that a T() among the
 * arguments is chosen after the turn. */
#define LOG_TO_OWN(put, ...)                                                                       \
	do {                                                                                       \
		enum text_reader log_reader = text_speak(TEXT_OWN);                                \
		put(__VA_ARGS__);                                                                  \
		text_speak(log_reader);                                                            \
	} while (0)
void log_put_info(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_put_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
