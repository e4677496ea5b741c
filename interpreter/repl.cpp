// SPDX-License-Identifier: Apache-2.0
#include "interpreter/repl.h"

#ifdef GPSH_LIBEDIT
#include <histedit.h>

#include <algorithm>
#include <cstdio>
#include <cwchar>
#include <stdexcept>

namespace gpsh::interpreter {
namespace {

constexpr int kHistoryLines = 1000;

class TerminalEditor final : public LineEditor {
 public:
  explicit TerminalEditor(EditorPorts ports)
      : ports_(std::move(ports)), history_(history_init()), editor_(el_init("gpsh", stdin, stdout, stderr)) {
    if (history_ == nullptr || editor_ == nullptr) throw std::runtime_error("line editing does not start");
    HistEvent event{};
    history(history_, &event, H_SETSIZE, kHistoryLines);
    history(history_, &event, H_SETUNIQUE, 1);
    el_set(editor_, EL_CLIENTDATA, this);
    el_set(editor_, EL_EDITOR, "emacs");
    el_set(editor_, EL_HIST, history, history_);
    el_set(editor_, EL_PROMPT, &prompt_of);
    el_set(editor_, EL_GETCFN, &read_character);
    bind_keys();
    set_terminal_modes();
  }
  ~TerminalEditor() override {
    el_end(editor_);
    history_end(history_);
  }
  TerminalEditor(const TerminalEditor&) = delete;
  TerminalEditor& operator=(const TerminalEditor&) = delete;

  TypedLine read(const std::string& prompt) override {
    prompt_ = prompt;
    cancelled_ = false;
    el_resize(editor_);
    // Before the prompt invites to type, or a Ctrl-C that comes at once would be a signal still.
    el_set(editor_, EL_PREP_TERM, 1);
    int length = 0;
    const char* text = el_gets(editor_, &length);
    if (cancelled_) {
      forget();
      std::puts("^C");
      return {.kind = TypedLine::Kind::cancelled};
    }
    if (text == nullptr || length <= 0) {
      std::puts("");
      return {.kind = TypedLine::Kind::end};
    }
    std::string line(text, static_cast<std::size_t>(length));
    if (line.ends_with('\n')) line.pop_back();
    return {.text = std::move(line)};
  }

  /// The editor keeps its line, and a picture of the screen. A line of blanks that nobody sees takes the
  /// place of both.
  void forget() override {
    std::FILE* nowhere = std::fopen("/dev/null", "w");
    if (nowhere == nullptr) return;
    prompt_.clear();
    forgetting_ = true;
    el_set(editor_, EL_SETFP, 1, nowhere);
    int length = 0;
    el_gets(editor_, &length);
    el_set(editor_, EL_SETFP, 1, stdout);
    forgetting_ = false;
    longest_ = 0;
    std::fclose(nowhere);
  }

  bool input_waits() override { return ports_.input_waits(); }

  void remember(const std::string& line) override {
    HistEvent event{};
    history(history_, &event, H_ENTER, line.c_str());
  }

 private:
  static TerminalEditor& self(EditLine* editor) {
    void* data = nullptr;
    el_get(editor, EL_CLIENTDATA, &data);
    return *static_cast<TerminalEditor*>(data);
  }

  void bind_keys() {
    // The narrow el_set would copy these texts and never free them.
    el_wset(editor_, EL_ADDFN, L"gpsh-complete", L"complete the word", &on_tab);
    el_wset(editor_, EL_ADDFN, L"gpsh-cancel", L"cancel the line", &on_cancel);
    el_set(editor_, EL_BIND, "^I", "gpsh-complete", nullptr);
    el_set(editor_, EL_BIND, "^C", "gpsh-cancel", nullptr);
    el_set(editor_, EL_BIND, "^R", "em-inc-search-prev", nullptr);
  }

  /// While a line is edited Ctrl-C is a key. While a command runs it is a signal, and what is typed ahead is
  /// neither shown nor cut into lines by the terminal, which would lose what is longer than it expects.
  void set_terminal_modes() {
    el_set(editor_, EL_SETTY, "-d", "-isig", nullptr);
    el_set(editor_, EL_SETTY, "-x", "-icanon", "-echo", nullptr);
  }

  static char* prompt_of(EditLine* editor) { return self(editor).prompt_.data(); }

  static int read_character(EditLine* editor, wchar_t* character) {
    auto& me = self(editor);
    if (me.forgetting_) return me.type_blanks(*character);
    const auto* line = el_wline(editor);
    const auto typed = static_cast<std::size_t>(line->lastchar - line->buffer);
    me.longest_ = std::max(me.longest_, me.prompt_.size() + typed + 1);
    std::mbstate_t state{};
    for (;;) {
      const auto [waited, byte] = me.ports_.read_byte();
      if (waited == Waited::end) return 0;
      if (waited == Waited::nothing_yet) {
        me.tell_interruption();
        continue;
      }
      const auto used = std::mbrtowc(character, &byte, 1, &state);
      if (used == static_cast<std::size_t>(-2)) continue;
      // A byte that is no character is passed on as it is: the check says what is wrong with it.
      if (used == static_cast<std::size_t>(-1))
        *character = static_cast<wchar_t>(static_cast<unsigned char>(byte));
      return 1;
    }
  }

  int type_blanks(wchar_t& character) {
    el_insertstr(editor_, std::string(longest_, ' ').c_str());
    el_set(editor_, EL_REFRESH);
    character = L'\n';
    return 1;
  }

  void tell_interruption() {
    const auto interruption = ports_.interrupt();
    if (!interruption) return;
    prompt_ = interruption->prompt;
    std::fputs(("\n" + interruption->text + "\n").c_str(), stdout);
    el_set(editor_, EL_REFRESH);
  }

  static unsigned char on_cancel(EditLine* editor, int) {
    self(editor).cancelled_ = true;
    return CC_EOF;
  }

  static unsigned char on_tab(EditLine* editor, int) { return self(editor).complete_word(); }

  unsigned char complete_word() {
    const auto* line = el_line(editor_);
    const std::string typed(line->buffer, line->cursor);
    const auto found = ports_.complete(typed);
    if (found.candidates.empty() && found.hint.empty()) return CC_REFRESH_BEEP;
    const bool one = found.candidates.size() == 1;
    auto text = common_start(found.candidates);
    if (one && found.candidates.front().finished) text += ' ';
    const auto word = typed.substr(found.from);
    // Before anything is typed the list says more than a dash that all options begin with.
    const bool goes_on = !word.empty() && text.size() > word.size();
    if (goes_on || (one && text != word)) {
      el_deletestr(editor_, cursor_steps(word));
      el_insertstr(editor_, text.c_str());
      return CC_REFRESH;
    }
    std::fputs(("\n" + completion_list(found, ports_.columns())).c_str(), stdout);
    return CC_REDISPLAY;
  }

  /// The editor counts characters, not bytes.
  static int cursor_steps(const std::string& word) {
    int steps = 0;
    for (const char c : word) steps += (static_cast<unsigned char>(c) & 0xC0U) == 0x80U ? 0 : 1;
    return steps;
  }

  EditorPorts ports_;
  History* history_;
  EditLine* editor_;
  std::string prompt_;
  bool cancelled_ = false;
  bool forgetting_ = false;
  std::size_t longest_ = 0;  ///< most of prompt and line together since the last forget()
};

}  // namespace

std::unique_ptr<LineEditor> make_line_editor(EditorPorts ports) {
  return std::make_unique<TerminalEditor>(std::move(ports));
}

}  // namespace gpsh::interpreter

#else

namespace gpsh::interpreter {

std::unique_ptr<LineEditor> make_line_editor(EditorPorts) {
  return nullptr;
}

}  // namespace gpsh::interpreter

#endif
