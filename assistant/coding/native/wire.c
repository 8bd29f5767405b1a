/* Both ends of the conversation between code under test and those who ask it.  Plain C and plain
   C++.  It shares a process with code that may define any name, so it uses little of the library,
   and no name that others would take. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef __cplusplus
#include <cxxabi.h>
#include <exception>
#include <typeinfo>
#ifdef ASSISTANT_ASKS
#include <new>
#include <stdexcept>
#include <string>
#endif

extern "C" {
#endif

typedef unsigned long long assistant_u64;
enum { ASSISTANT_READ = 3, ASSISTANT_WRITE = 4, ASSISTANT_SAY = 5, ASSISTANT_KEY = 16 };
#define ASSISTANT_NOTHING (~0ULL)
#define ASSISTANT_ENDLESS (~0ULL - 1)
#define ASSISTANT_MOST (1ULL << 21)

static unsigned char assistant_out[ASSISTANT_MOST + 64];
static assistant_u64 assistant_size;
static assistant_u64 assistant_left; /* of the message that is read */
static char assistant_key[ASSISTANT_KEY];

static int assistant_all(int way, int place, void *data, assistant_u64 size) {
  char *at = (char *)data;
  while (size) {
    long done = syscall(way, place, at, size);
    if (done <= 0) return 0;
    at += done;
    size -= (assistant_u64)done;
  }
  return 1;
}

/* The other side has gone, or says what is no answer: whoever asked is told by one letter. */
void assistant_lost(const char *why) {
  syscall(SYS_write, ASSISTANT_SAY, why, 1);
  syscall(SYS_exit_group, 119);
}

void assistant_take(void *data, assistant_u64 size) {
  if (size > assistant_left || !assistant_all(SYS_read, ASSISTANT_READ, data, size))
    assistant_lost("l");
  assistant_left -= size;
}

assistant_u64 assistant_number(void) {
  assistant_u64 value = 0;
  assistant_take(&value, sizeof value);
  return value;
}

/* How answers are falsified, to see whether the tests would notice: 0 is not at all. */
static int assistant_falsely;
static assistant_u64 assistant_times;

int assistant_false(void) { return assistant_falsely; }

/* An integer that was answered. */
assistant_u64 assistant_value(void) {
  assistant_u64 value = assistant_number();
  switch (assistant_falsely) {
    case 1: return value + ++assistant_times; /* each by another number */
    case 2: return ~value;
    case 3: return !value;
    case 4: return value + 1000003 * ++assistant_times;
    default: return value;
  }
}

/* A truth value that was answered. */
int assistant_truth(void) {
  int value = assistant_number() != 0;
  switch (assistant_falsely) {
    case 1: return !value;
    case 2: return 1;
    case 3: return 0;
    case 4: return (int)(++assistant_times & 1);
    default: return value;
  }
}

double assistant_real(void) {
  double value = 0;
  assistant_take(&value, sizeof value);
  switch (assistant_falsely) {
    case 1: return value + (double)++assistant_times;
    case 2: return -value - 1;
    case 3: return value == 0;
    case 4: return value + 1e6 * (double)++assistant_times;
    default: return value;
  }
}

/* How many follow, of at least one byte each. */
assistant_u64 assistant_count(void) {
  assistant_u64 value = assistant_number();
  if (value > assistant_left) assistant_lost("g");
  return value;
}

void assistant_give(const void *data, assistant_u64 size) {
  const unsigned char *from = (const unsigned char *)data;
  assistant_u64 n;
  if (assistant_size + size > ASSISTANT_MOST) {
    assistant_size = ASSISTANT_MOST + 1; /* too much: nothing is said at all */
    return;
  }
  for (n = 0; n < size; n++) assistant_out[assistant_size + n] = from[n];
  assistant_size += size;
}

void assistant_give_number(assistant_u64 value) { assistant_give(&value, sizeof value); }

void assistant_give_real(double value) { assistant_give(&value, sizeof value); }

void assistant_give_text(const char *text) {
  assistant_u64 size = 0;
  if (!text) {
    assistant_give_number(ASSISTANT_NOTHING);
    return;
  }
  while (size < ASSISTANT_MOST && text[size]) size++;
  if (size == ASSISTANT_MOST) {
    assistant_give_number(ASSISTANT_ENDLESS);
    return;
  }
  assistant_give_number(size);
  assistant_give(text, size);
}

/* Where no sanitizer looks, what lies behind an array is no 0, lest it be read unnoticed. */
static void *assistant_made(assistant_u64 size) {
#ifdef __SANITIZE_ADDRESS__
  unsigned char *room = (unsigned char *)calloc(size ? size : 1, 1);
#else
  assistant_u64 n, more = 64;
  unsigned char *room = (unsigned char *)calloc(size + more, 1);
  for (n = 0; room && n < more; n++) room[size + n] = 0xA5;
#endif
  if (!room) assistant_lost("l");
  return room;
}

/* Text that was handed over; ``more`` is room behind it, for what may be appended. */
char *assistant_text(void) {
  assistant_u64 size = assistant_number(), more;
  char *text;
  if (size == ASSISTANT_NOTHING) return 0;
  if (size > assistant_left) assistant_lost("g");
  more = assistant_number();
  text = (char *)assistant_made(size + more + 1);
  assistant_take(text, size);
  return text;
}

/* Text that was answered. */
char *assistant_told(void) {
  assistant_u64 size = assistant_number();
  char *text;
  if (size == ASSISTANT_NOTHING && !assistant_falsely) return 0;
  if (size == ASSISTANT_NOTHING) size = 0;
  if (size > assistant_left) assistant_lost("g");
  text = (char *)assistant_made(size + 2);
  assistant_take(text, size);
  if (assistant_falsely == 4) return 0;
  if (assistant_falsely == 3) text[0] = size ? 0 : '?';
  if (assistant_falsely && assistant_falsely < 3) text[0] = size ? (char)(text[0] ^ 1) : '?';
  return text;
}

/* A text of the tests' as the code has left it.  It may be longer than it was, but how much room
   there is behind it only the tests know: what stood there is told of, for it may be theirs. */
void assistant_restore(char *text, const char *left) {
  assistant_u64 size = 0, n;
  int taken = 0;
  if (!text || !left) return;
  while (text[size]) size++;
  for (n = 0; left[n]; n++) {
    if (n > size && text[n]) taken = 1;
    text[n] = left[n];
  }
  if (n > size && text[n]) taken = 1;
  text[n] = 0;
  if (n > size) syscall(SYS_write, ASSISTANT_SAY, taken ? "o" : "m", 1);
}

/* An array of characters: as much of it as is a text. */
void assistant_give_chars(const char *text, assistant_u64 room) {
  assistant_u64 size = 0;
  while (size < room && text[size]) size++;
  assistant_give_number(size);
  assistant_give(text, size);
}

void assistant_take_chars(char *text, assistant_u64 room) {
  assistant_u64 size = assistant_number(), n;
  if (size > room) assistant_lost("g");
  assistant_take(text, size);
  for (n = size; n < room; n++) text[n] = 0;
  if (assistant_falsely == 3) text[0] = size ? 0 : '?';
  else if (assistant_falsely) text[0] = size ? (char)(text[0] ^ 1) : '?';
}

void *assistant_room(assistant_u64 count, assistant_u64 each) {
  return assistant_made(count * each);
}

/* A message: the key, the length, and what was given since the last one. */
void assistant_send(void) {
  assistant_u64 size = assistant_size;
  assistant_size = 0;
  if (size > ASSISTANT_MOST) assistant_lost("g");
  if (!assistant_all(SYS_write, ASSISTANT_WRITE, assistant_key, ASSISTANT_KEY) ||
      !assistant_all(SYS_write, ASSISTANT_WRITE, &size, sizeof size) ||
      !assistant_all(SYS_write, ASSISTANT_WRITE, assistant_out, size))
    assistant_lost("l");
}

/* Wait for a message; 0 where nobody asks any more. */
int assistant_hear(void) {
  char key[ASSISTANT_KEY];
  int n;
  if (!assistant_all(SYS_read, ASSISTANT_READ, key, ASSISTANT_KEY)) return 0;
  for (n = 0; n < ASSISTANT_KEY; n++)
    if (key[n] != assistant_key[n]) assistant_lost("g");
  if (!assistant_all(SYS_read, ASSISTANT_READ, &assistant_left, sizeof assistant_left)) return 0;
  return 1;
}

#ifdef ASSISTANT_ASKS /* the tests' end */

__attribute__((constructor)) static void assistant_falsify(void) {
  FILE *how = fopen("assistant_falsely", "r");
  if (!how) return;
  assistant_falsely = fgetc(how) - '0';
  fclose(how);
}

/* Ask, and wait for the answer. */
void assistant_ask(void) {
  int n;
  const char *key = ASSISTANT_ASKS;
  for (n = 0; n < ASSISTANT_KEY; n++) assistant_key[n] = key[n];
  syscall(SYS_write, ASSISTANT_SAY, "c", 1);
  assistant_send();
  if (!assistant_hear()) assistant_lost("l");
}

/* The answer is over; what is left of it was no answer. */
void assistant_heard(void) {
  if (assistant_left) assistant_lost("g");
}

#ifdef __cplusplus

static std::string assistant_word(void) {
  assistant_u64 size = assistant_count();
  std::string word(size, '\0');
  if (size) assistant_take(&word[0], size);
  return word;
}

namespace {
/* Of the code's own, which the tests cannot know. */
struct assistant_unknown {};
struct assistant_other : std::exception {
  std::string said;
  const char *what() const noexcept override { return said.c_str(); }
};
}

#define ASSISTANT_THROWS(kind) \
  if (name == #kind) throw kind(said)

/* Did the call end by an exception?  Falsified answers have none. */
int assistant_raised(void) {
  if (!assistant_number()) return 0;
  std::string said = assistant_word(), names;
  while (assistant_left) names += assistant_word() + '\n';
  if (assistant_falsely) return 1;
  while (!names.empty()) {
    std::string name = names.substr(0, names.find('\n'));
    names.erase(0, name.size() + 1);
    ASSISTANT_THROWS(std::out_of_range);
    ASSISTANT_THROWS(std::invalid_argument);
    ASSISTANT_THROWS(std::domain_error);
    ASSISTANT_THROWS(std::length_error);
    ASSISTANT_THROWS(std::logic_error);
    ASSISTANT_THROWS(std::range_error);
    ASSISTANT_THROWS(std::overflow_error);
    ASSISTANT_THROWS(std::underflow_error);
    ASSISTANT_THROWS(std::runtime_error);
    if (name == "std::bad_alloc") throw std::bad_alloc();
    if (name == "std::exception") {
      assistant_other other;
      other.said = said;
      throw other;
    }
  }
  throw assistant_unknown();
}

#endif

#else /* the code's end */

void assistant_call(assistant_u64 number);

#ifdef __cplusplus

/* The names of a class and of those that it derives from. */
static void assistant_named(const std::type_info *type) {
  int status = 0, n;
  char *name = abi::__cxa_demangle(type->name(), 0, 0, &status);
  const abi::__si_class_type_info *one = dynamic_cast<const abi::__si_class_type_info *>(type);
  const abi::__vmi_class_type_info *many = dynamic_cast<const abi::__vmi_class_type_info *>(type);
  assistant_give_text(name ? name : type->name());
  free(name);
  if (one) assistant_named(one->__base_type);
  for (n = 0; many && n < (int)many->__base_count; n++)
    assistant_named(many->__base_info[n].__base_type);
}

/* The call has ended by an exception: that is the answer, whatever of one was given before. */
void assistant_caught(void) {
  const std::type_info *type = abi::__cxa_current_exception_type();
  assistant_size = 0;
  assistant_give_number(1);
  try {
    throw;
  } catch (const std::exception &wrong) {
    assistant_give_text(wrong.what());
  } catch (...) {
    assistant_give_text("");
  }
  if (type) assistant_named(type);
}

#endif

int main(int argc, char **argv) {
  int n;
  if (argc != 2) return 119;
  for (n = 0; n < ASSISTANT_KEY; n++) {
    assistant_key[n] = argv[1][n];
    argv[1][n] = '-';
  }
  while (assistant_hear()) {
    assistant_call(assistant_number());
    fflush(0);
    assistant_send();
  }
  syscall(SYS_exit_group, 0);
  return 0;
}

#endif
#ifdef __cplusplus
}
#endif
