/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replays a fuzzer's corpus without libFuzzer: every file of the folders named, by name. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static int replay_file(const char *path)
{
	static uint8_t data[1 << 20];
	FILE *f = fopen(path, "rb");

	if (f == NULL) {
		perror(path);
		return -1;
	}
	size_t len = fread(data, 1, sizeof(data), f);
	fclose(f);
	/* Named before it runs, so that a crash says which input did it. */
	fprintf(stderr, "\r%s\033[K", path);
	LLVMFuzzerTestOneInput(data, len);
	return 0;
}

static int replay_folder(const char *folder)
{
	struct dirent **names;
	char path[1024];
	int count = scandir(folder, &names, NULL, alphasort), replayed = 0;

	if (count < 0) {
		perror(folder);
		return -1;
	}
	for (int i = 0; i < count; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]->d_name);
		if (names[i]->d_name[0] != '.' && replay_file(path) == 0)
			replayed++;
		free(names[i]);
	}
	free(names);
	return replayed;
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		int replayed = replay_folder(argv[i]);
		if (replayed <= 0) {
			fprintf(stderr, "%s: no inputs to replay\n", argv[i]);
			return EXIT_FAILURE;
		}
		fprintf(stderr, "\r\033[K");
		printf("100%%: fuzz %s: %d inputs\n", argv[i], replayed);
	}
	return EXIT_SUCCESS;
}
