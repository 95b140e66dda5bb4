/* Stands between a process and its disk: counts, traces, kills or fails the calls that change files.

   Built and preloaded by fault_calls.py. Only what lies below one folder counts. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { NOTHING, KILL, FAIL_ONCE, FAIL_ON };

static char root[PATH_MAX];
static size_t root_length;
static long counted, due;
static int what, trace = -1;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

void fault_set(const char *folder, long at, int deed, const char *file) {
    pthread_mutex_lock(&turn);
    snprintf(root, sizeof root, "%s", folder);
    root_length = strlen(root);
    counted = 0;
    due = at;
    what = deed;
    if (trace >= 0) syscall(SYS_close, trace);
    trace = file[0] ? (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
    pthread_mutex_unlock(&turn);
}

long fault_count(void) { return counted; }

static int below(const char *path) {
    return root_length && strncmp(path, root, root_length) == 0 &&
           (path[root_length] == '/' || path[root_length] == 0);
}

/* Make a path absolute, without touching the disk. */
static const char *whole(int folder, const char *path, char *out) {
    char base[PATH_MAX];
    ssize_t length;
    if (path[0] == '/') return path;
    if (folder == AT_FDCWD) {
        if (!getcwd(base, sizeof base)) return path;
    } else {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        length = readlink(link, base, sizeof base - 1);
        if (length < 0) return path;
        base[length] = 0;
    }
    snprintf(out, PATH_MAX, "%s/%s", base, path);
    return out;
}

static const char *named(int file, char *out) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, out, PATH_MAX - 1);
    out[length < 0 ? 0 : length] = 0;
    return out;
}

static void put(const void *data, size_t length) {
    const char *at = data;
    while (length) {
        ssize_t done = syscall(SYS_write, trace, at, length);
        if (done <= 0) return;
        at += done;
        length -= (size_t)done;
    }
}

static void told(const char *kind, const char *one, const char *other, long long offset, const void *data,
                 size_t length) {
    char head[2 * PATH_MAX + 128];
    if (trace < 0) return;
    int size = snprintf(head, sizeof head, "%s\t%lld\t%zu\t%s\t%s\n", kind, offset, length, one, other);
    put(head, (size_t)size);
    if (data) put(data, length);
}

void fault_note(const char *words) {
    pthread_mutex_lock(&turn);
    told("note", words, "", 0, NULL, 0);
    pthread_mutex_unlock(&turn);
}

/* Count a call; kill, or return whether it is to fail. */
static int fails(void) {
    counted++;
    if (what == KILL && counted == due) syscall(SYS_kill, getpid(), SIGKILL);
    return (what == FAIL_ONCE && counted == due) || (what == FAIL_ON && counted >= due);
}

static ssize_t written(int file, const void *data, size_t length, off_t offset, int placed) {
    char path[PATH_MAX];
    ssize_t done;
    struct stat about;
    if (!root_length || !below(named(file, path))) {
        return placed ? syscall(SYS_pwrite64, file, data, length, offset) : syscall(SYS_write, file, data, length);
    }
    pthread_mutex_lock(&turn);
    if (!placed) {
        int flags = (int)syscall(SYS_fcntl, file, F_GETFL);
        offset = (flags & O_APPEND) && fstat(file, &about) == 0 ? about.st_size : lseek(file, 0, SEEK_CUR);
    }
    if (what == KILL && counted + 1 == due && length > 1) {
        placed ? syscall(SYS_pwrite64, file, data, length / 2, offset) : syscall(SYS_write, file, data, length / 2);
    }
    if (fails()) {
        errno = ENOSPC;
        done = -1;
    } else {
        done = placed ? syscall(SYS_pwrite64, file, data, length, offset) : syscall(SYS_write, file, data, length);
        if (done > 0) told("write", path, "", offset, data, (size_t)done);
    }
    pthread_mutex_unlock(&turn);
    return done;
}

ssize_t write(int file, const void *data, size_t length) { return written(file, data, length, 0, 0); }
ssize_t pwrite(int file, const void *data, size_t length, off_t at) { return written(file, data, length, at, 1); }
ssize_t pwrite64(int file, const void *data, size_t length, off64_t at) {
    return written(file, data, length, at, 1);
}

ssize_t writev(int file, const struct iovec *parts, int number) {
    ssize_t all = 0;
    for (int each = 0; each < number; each++) {
        ssize_t done = written(file, parts[each].iov_base, parts[each].iov_len, 0, 0);
        if (done < 0) return all ? all : -1;
        all += done;
        if ((size_t)done < parts[each].iov_len) break;
    }
    return all;
}

/* A call on an open file that brings it to the disk, or gives it another size. */
#define ON_FILE(kind, offset, number, error, ...)                         \
    char path[PATH_MAX];                                                  \
    if (!root_length || !below(named(file, path))) return (int)syscall(__VA_ARGS__); \
    pthread_mutex_lock(&turn);                                            \
    int done = -1;                                                        \
    if (fails()) errno = error;                                           \
    else if ((done = (int)syscall(__VA_ARGS__)) == 0) told(kind, path, "", offset, NULL, number); \
    pthread_mutex_unlock(&turn);                                          \
    return done;

int fsync(int file) { ON_FILE("sync", 0, 0, EIO, SYS_fsync, file) }
int fdatasync(int file) { ON_FILE("sync", 0, 0, EIO, SYS_fdatasync, file) }
int ftruncate(int file, off_t size) { ON_FILE("size", size, 0, ENOSPC, SYS_ftruncate, file, size) }
int ftruncate64(int file, off64_t size) { ON_FILE("size", size, 0, ENOSPC, SYS_ftruncate, file, size) }
int fallocate(int file, int mode, off_t at, off_t size) {
    char path[PATH_MAX];
    if (root_length && below(named(file, path))) { errno = EOPNOTSUPP; return -1; }
    return (int)syscall(SYS_fallocate, file, mode, at, size);
}
int fallocate64(int file, int mode, off64_t at, off64_t size) { return fallocate(file, mode, at, size); }

/* A call on names. */
#define ON_NAMES(kind, first, second, error, ...)                         \
    if (!below(first) && !below(second)) return (int)syscall(__VA_ARGS__); \
    pthread_mutex_lock(&turn);                                            \
    int done = -1;                                                        \
    if (fails()) errno = error;                                           \
    else if ((done = (int)syscall(__VA_ARGS__)) == 0) told(kind, first, second, 0, NULL, 0); \
    pthread_mutex_unlock(&turn);                                          \
    return done;

int renameat(int one, const char *old, int other, const char *new) {
    char a[PATH_MAX], b[PATH_MAX];
    const char *from = whole(one, old, a), *to = whole(other, new, b);
    ON_NAMES("rename", from, to, EIO, SYS_renameat2, one, old, other, new, 0)
}
int rename(const char *old, const char *new) { return renameat(AT_FDCWD, old, AT_FDCWD, new); }
int unlinkat(int folder, const char *name, int flags) {
    char a[PATH_MAX];
    const char *path = whole(folder, name, a);
    ON_NAMES("unlink", path, "", EIO, SYS_unlinkat, folder, name, flags)
}
int unlink(const char *name) { return unlinkat(AT_FDCWD, name, 0); }
int rmdir(const char *name) { return unlinkat(AT_FDCWD, name, AT_REMOVEDIR); }
int mkdirat(int folder, const char *name, mode_t mode) {
    char a[PATH_MAX];
    const char *path = whole(folder, name, a);
    ON_NAMES("mkdir", path, "", ENOSPC, SYS_mkdirat, folder, name, mode)
}
int mkdir(const char *name, mode_t mode) { return mkdirat(AT_FDCWD, name, mode); }
int linkat(int one, const char *old, int other, const char *new, int flags) {
    char a[PATH_MAX], b[PATH_MAX];
    const char *from = whole(one, old, a), *to = whole(other, new, b);
    ON_NAMES("link", from, to, ENOSPC, SYS_linkat, one, old, other, new, flags)
}
int link(const char *old, const char *new) { return linkat(AT_FDCWD, old, AT_FDCWD, new, 0); }

static int opened(int folder, const char *name, int flags, mode_t mode) {
    char a[PATH_MAX];
    struct stat about;
    const char *path = whole(folder, name, a);
    if (!(flags & (O_CREAT | O_TRUNC)) || !below(path)) return (int)syscall(SYS_openat, folder, name, flags, mode);
    pthread_mutex_lock(&turn);
    int there = syscall(SYS_newfstatat, folder, name, &about, 0) == 0, done = -1;
    if (there && !((flags & O_TRUNC) && about.st_size)) {
        done = (int)syscall(SYS_openat, folder, name, flags, mode);
    } else if (fails()) {
        errno = ENOSPC;
    } else if ((done = (int)syscall(SYS_openat, folder, name, flags, mode)) >= 0) {
        told(there ? "size" : "create", path, "", 0, NULL, 0);
    }
    pthread_mutex_unlock(&turn);
    return done;
}

#define OPEN(folder)                        \
    mode_t mode = 0;                        \
    if (flags & (O_CREAT | O_TMPFILE)) {    \
        va_list more;                       \
        va_start(more, flags);              \
        mode = va_arg(more, mode_t);        \
        va_end(more);                       \
    }                                       \
    return opened(folder, name, flags, mode);

int open(const char *name, int flags, ...) { OPEN(AT_FDCWD) }
int open64(const char *name, int flags, ...) { OPEN(AT_FDCWD) }
int openat(int folder, const char *name, int flags, ...) { OPEN(folder) }
int openat64(int folder, const char *name, int flags, ...) { OPEN(folder) }
