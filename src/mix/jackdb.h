/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps libjack, which PortAudio always asks, from its database of metadata. */
#ifndef VX_MIX_JACKDB_H
#define VX_MIX_JACKDB_H

/* Berkeley DB's function by this name, found before libdb's own (the Makefile exports it), and for
 * libjack alone: nobody else here has such a database. Always fails, ENOTSUP; *env is not touched.
 *
 * libjack opens the database /dev/shm/jack_db-UID whenever a client begins, even where no JACK
 * runs, and Berkeley DB keeps its locks in that memory. A process that is killed there (kill -9, a
 * device child that hangs, its station) leaves a lock behind, and everybody who opens PortAudio
 * afterwards waits for it for good, until the machine is started anew. Without it libjack goes on:
 * only names that people give to ports are lost. Not taken: removing a database that was left,
 * which another program may be using; PortAudio without JACK, which some stations have. */
int db_env_create(void **env, unsigned int flags);

#endif
