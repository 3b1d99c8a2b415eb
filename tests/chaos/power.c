/* A power failure, for one process: what it writes to an append-only file stays in this memory
 * until it asks for the disk (fsync, fdatasync). A SIGKILL then takes with it what a power failure
 * would take from the page cache. Loaded with LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILES 1024

struct cache {
  char *bytes;
  size_t length, room;
};

static struct cache caches[FILES];
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

static ssize_t really_write(int file, const void *bytes, size_t length) {
  static ssize_t (*next)(int, const void *, size_t);
  if (!next) next = dlsym(RTLD_NEXT, "write");
  return next(file, bytes, length);
}

static int is_append_only(int file) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strstr(path, ".incr.aof") != NULL;
}

static void reach_the_disk(int file) {
  if (file < 0 || file >= FILES) return;
  pthread_mutex_lock(&turn);
  struct cache *cache = &caches[file];
  for (size_t done = 0; done < cache->length;) {
    ssize_t step = really_write(file, cache->bytes + done, cache->length - done);
    if (step <= 0) abort();
    done += (size_t)step;
  }
  cache->length = 0;
  pthread_mutex_unlock(&turn);
}

ssize_t write(int file, const void *bytes, size_t length) {
  if (file < 0 || file >= FILES || !is_append_only(file)) return really_write(file, bytes, length);
  pthread_mutex_lock(&turn);
  struct cache *cache = &caches[file];
  if (cache->length + length > cache->room) {
    cache->room = 2 * (cache->length + length);
    cache->bytes = realloc(cache->bytes, cache->room);
    if (!cache->bytes) abort();
  }
  memcpy(cache->bytes + cache->length, bytes, length);
  cache->length += length;
  pthread_mutex_unlock(&turn);
  return (ssize_t)length;
}

int fsync(int file) {
  static int (*next)(int);
  if (!next) next = dlsym(RTLD_NEXT, "fsync");
  reach_the_disk(file);
  return next(file);
}

int fdatasync(int file) {
  static int (*next)(int);
  if (!next) next = dlsym(RTLD_NEXT, "fdatasync");
  reach_the_disk(file);
  return next(file);
}
