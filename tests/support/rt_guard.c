/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real-time guard: every test program has it, but for those of sanitizers, which stand in front
 * of the same functions themselves.
 *
 * The functions below stand in front of libc's for the whole program, libraries included: a
 * symbol of the executable wins over one of a shared library. Each asks first whether the calling
 * thread is inside a real-time section, and dies naming itself if so, else goes on to libc's.
 * Allocation goes on to glibc's __libc_ names, because looking a name up (dlsym) allocates
 * itself. What libc calls inside itself does not pass here, hence stdio has its own entries
 * beside write(2), and so have the names that _FORTIFY_SOURCE puts in their place. */
#undef _FORTIFY_SOURCE /* what is defined here are the plain ones */

#include "support/rt_guard.h"

#include "sys/rt.h"

#ifdef VX_RT_GUARD

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static _Thread_local bool inside;

void rt_enter(void)
{
	inside = true;
}

void rt_leave(void)
{
	inside = false;
}

bool rt_inside(void)
{
	return inside;
}

static void say(const char *text)
{
	if (write(STDERR_FILENO, text, strlen(text)) < 0)
		abort();
}

static void guard(const char *call)
{
	if (!inside)
		return;
	inside = false;
	say("vangxa: real-time guard: ");
	say(call);
	say("() called inside a real-time section\n");
	abort();
}

/* glibc's condition variables changed their layout: the plain name may find the old ones. */
static void *find(const char *name)
{
	void *f = strncmp(name, "pthread_cond_", 13) == 0 ? dlvsym(RTLD_NEXT, name, "GLIBC_2.3.2")
							  : NULL;

	if (f == NULL)
		f = dlsym(RTLD_NEXT, name);
	if (f == NULL)
		abort();
	return f;
}

/* `real` becomes libc's function of that name. Threads that look it up at once find the same. */
#define REAL(name)                                                                                 \
	static __typeof__(name) *found;                                                            \
	__typeof__(name) *real = __atomic_load_n(&found, __ATOMIC_RELAXED);                        \
	if (real == NULL) {                                                                        \
		*(void **)&real = find(#name);                                                     \
		__atomic_store_n(&found, real, __ATOMIC_RELAXED);                                  \
	}

#define GUARDED(type, name, params, args)                                                          \
	type name params                                                                           \
	{                                                                                          \
		guard(#name);                                                                      \
		REAL(name)                                                                         \
		return real args;                                                                  \
	}

/* Fortified names, which no header tells. */
ssize_t __read_chk(int fd, void *data, size_t len, size_t size);
int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);
int __vfprintf_chk(FILE *f, int flag, const char *fmt, va_list ap);
int __printf_chk(int flag, const char *fmt, ...);
int __fprintf_chk(FILE *f, int flag, const char *fmt, ...);

/* Allocation. */
void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *p, size_t bytes);
void *__libc_memalign(size_t align, size_t bytes);
void __libc_free(void *p);

void *malloc(size_t bytes)
{
	guard("malloc");
	return __libc_malloc(bytes);
}

void *calloc(size_t count, size_t bytes)
{
	guard("calloc");
	return __libc_calloc(count, bytes);
}

void *realloc(void *p, size_t bytes)
{
	guard("realloc");
	return __libc_realloc(p, bytes);
}

void *aligned_alloc(size_t align, size_t bytes)
{
	guard("aligned_alloc");
	return __libc_memalign(align, bytes);
}

int posix_memalign(void **p, size_t align, size_t bytes)
{
	guard("posix_memalign");
	*p = __libc_memalign(align, bytes);
	return *p != NULL ? 0 : ENOMEM;
}

void free(void *p)
{
	guard("free");
	__libc_free(p);
}

/* Locks, and waking others. */
GUARDED(int, pthread_mutex_lock, (pthread_mutex_t *m), (m))
GUARDED(int, pthread_mutex_unlock, (pthread_mutex_t *m), (m))
GUARDED(int, pthread_rwlock_rdlock, (pthread_rwlock_t *l), (l))
GUARDED(int, pthread_rwlock_wrlock, (pthread_rwlock_t *l), (l))
GUARDED(int, pthread_cond_wait, (pthread_cond_t *c, pthread_mutex_t *m), (c, m))
GUARDED(int, pthread_cond_timedwait,
	(pthread_cond_t *c, pthread_mutex_t *m, const struct timespec *t), (c, m, t))
GUARDED(int, pthread_cond_signal, (pthread_cond_t *c), (c))
GUARDED(int, pthread_cond_broadcast, (pthread_cond_t *c), (c))
GUARDED(int, pthread_join, (pthread_t t, void **result), (t, result))
GUARDED(int, sem_wait, (sem_t *s), (s))
GUARDED(int, sem_timedwait, (sem_t *s, const struct timespec *t), (s, t))
GUARDED(int, sem_post, (sem_t *s), (s))

/* Waiting. */
GUARDED(int, nanosleep, (const struct timespec *t, struct timespec *left), (t, left))
GUARDED(int, clock_nanosleep, (clockid_t c, int f, const struct timespec *t, struct timespec *left),
	(c, f, t, left))
GUARDED(int, usleep, (useconds_t us), (us))
GUARDED(unsigned, sleep, (unsigned s), (s))
GUARDED(int, poll, (struct pollfd *fds, nfds_t n, int ms), (fds, n, ms))
GUARDED(int, epoll_wait, (int fd, struct epoll_event *ev, int max, int ms), (fd, ev, max, ms))

/* Files, sockets, memory maps. */
GUARDED(ssize_t, read, (int fd, void *data, size_t len), (fd, data, len))
GUARDED(ssize_t, __read_chk, (int fd, void *data, size_t len, size_t size), (fd, data, len, size))
GUARDED(ssize_t, pread, (int fd, void *data, size_t len, off_t at), (fd, data, len, at))
GUARDED(ssize_t, pwrite, (int fd, const void *data, size_t len, off_t at), (fd, data, len, at))
GUARDED(ssize_t, writev, (int fd, const struct iovec *v, int n), (fd, v, n))
GUARDED(ssize_t, send, (int fd, const void *data, size_t len, int f), (fd, data, len, f))
GUARDED(ssize_t, recv, (int fd, void *data, size_t len, int f), (fd, data, len, f))
GUARDED(int, close, (int fd), (fd))
GUARDED(int, fsync, (int fd), (fd))
GUARDED(int, fdatasync, (int fd), (fd))
GUARDED(off_t, lseek, (int fd, off_t at, int whence), (fd, at, whence))
GUARDED(void *, mmap, (void *p, size_t len, int prot, int f, int fd, off_t at),
	(p, len, prot, f, fd, at))
GUARDED(int, munmap, (void *p, size_t len), (p, len))

/* Lets words for stderr (a broken must) out before it dies of them. */
ssize_t write(int fd, const void *data, size_t len)
{
	REAL(write)
	if (inside && fd == STDERR_FILENO && real(fd, data, len) < 0)
		abort();
	guard("write");
	return real(fd, data, len);
}

static mode_t mode_of(int flags, va_list ap)
{
	return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(ap, mode_t) : 0;
}

#define GUARDED_OPEN(name)                                                                         \
	int name(const char *path, int flags, ...)                                                 \
	{                                                                                          \
		va_list ap;                                                                        \
		guard(#name);                                                                      \
		REAL(name)                                                                         \
		va_start(ap, flags);                                                               \
		mode_t mode = mode_of(flags, ap);                                                  \
		va_end(ap);                                                                        \
		return real(path, flags, mode);                                                    \
	}
GUARDED_OPEN(open)
GUARDED_OPEN(open64)
GUARDED(int, __open_2, (const char *path, int flags), (path, flags))
GUARDED(int, __open64_2, (const char *path, int flags), (path, flags))

#define GUARDED_OPENAT(name)                                                                       \
	int name(int dir, const char *path, int flags, ...)                                        \
	{                                                                                          \
		va_list ap;                                                                        \
		guard(#name);                                                                      \
		REAL(name)                                                                         \
		va_start(ap, flags);                                                               \
		mode_t mode = mode_of(flags, ap);                                                  \
		va_end(ap);                                                                        \
		return real(dir, path, flags, mode);                                               \
	}
GUARDED_OPENAT(openat)
GUARDED_OPENAT(openat64)

int ioctl(int fd, unsigned long request, ...)
{
	va_list ap;

	guard("ioctl");
	REAL(ioctl)
	va_start(ap, request);
	void *arg = va_arg(ap, void *);
	va_end(ap);
	return real(fd, request, arg);
}

long syscall(long number, ...)
{
	va_list ap;
	long a[6];

	guard("syscall");
	REAL(syscall)
	va_start(ap, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(ap, long);
	va_end(ap);
	return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* Words: stdio locks and writes. */
GUARDED(int, vfprintf, (FILE *f, const char *fmt, va_list ap), (f, fmt, ap))
GUARDED(int, vdprintf, (int fd, const char *fmt, va_list ap), (fd, fmt, ap))
GUARDED(int, puts, (const char *s), (s))
GUARDED(int, fputs, (const char *s, FILE *f), (s, f))
GUARDED(int, fputc, (int c, FILE *f), (c, f))
GUARDED(int, putchar, (int c), (c))
GUARDED(size_t, fwrite, (const void *p, size_t bytes, size_t n, FILE *f), (p, bytes, n, f))
GUARDED(int, fflush, (FILE *f), (f))

#define GUARDED_PRINT(name, params, last, call)                                                    \
	int name params                                                                            \
	{                                                                                          \
		va_list ap;                                                                        \
		guard(#name);                                                                      \
		va_start(ap, last);                                                                \
		int len = call;                                                                    \
		va_end(ap);                                                                        \
		return len;                                                                        \
	}
GUARDED_PRINT(printf, (const char *fmt, ...), fmt, vfprintf(stdout, fmt, ap))
GUARDED_PRINT(fprintf, (FILE *f, const char *fmt, ...), fmt, vfprintf(f, fmt, ap))
GUARDED_PRINT(dprintf, (int fd, const char *fmt, ...), fmt, vdprintf(fd, fmt, ap))
GUARDED(int, __vfprintf_chk, (FILE *f, int flag, const char *fmt, va_list ap), (f, flag, fmt, ap))
GUARDED_PRINT(__printf_chk, (int flag, const char *fmt, ...), fmt,
	      __vfprintf_chk(stdout, flag, fmt, ap))
GUARDED_PRINT(__fprintf_chk, (FILE *f, int flag, const char *fmt, ...), fmt,
	      __vfprintf_chk(f, flag, fmt, ap))

#else

bool rt_inside(void)
{
	return false;
}

#endif
