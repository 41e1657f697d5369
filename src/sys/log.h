/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program tells its operator on stderr; not the log of record (that is
 * proof/journal.h). */
#ifndef VX_SYS_LOG_H
#define VX_SYS_LOG_H

/* Levels. info: what a person would want to know happened. warn: the station goes on, but somebody
 * should look. A thing is logged once, by the one who decides what follows from it; everybody below
 * returns struct err. One line each, one write(2), so lines of several processes do not mix. Under
 * systemd the priority prefix of sd-daemon(3) goes first. Any thread but the real-time one. */
void log_info(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Off for commands whose stderr is their answer; on (default) for daemons. */
void log_quiet(void);

#endif
