// Chooses the best form that a drag offers, and reads from it what can be an account. Pure.
// Sources: XDND 5 and wl_data_offer name forms by MIME type; what browsers offer was seen at Chromium and Firefox.
// Thread: any.
#pragma once

#include "base/error.hpp"
#include "base/secret.hpp"
#include "desktop/transferred.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tokendeck::desktop {

// Files of this computer, never none, UTF-8; a picture file's content; a text. Errors: errors::drop_…,
// clipboard_unreadable, qr::errors::file_too_large.
using Dropped = std::variant<std::vector<std::string>, base::SecretBytes, base::SecretText, base::Error>;

// The forms to ask for one after the other, best first, as they were offered. Empty: it cannot be an account.
[[nodiscard]] std::vector<std::string> forms_to_ask(std::span<const std::string> offered);

class DropReader {
  public:
    // Nothing: this form holds no account, so the next one is asked for.
    [[nodiscard]] std::optional<Dropped> take(std::string_view form, base::SecretBytes content);
    // The answer when the last form held no account either.
    [[nodiscard]] base::Error nothing() const;

  private:
    [[nodiscard]] std::optional<Dropped> take_addresses(std::string_view list);
    [[nodiscard]] std::optional<Dropped> take_html(std::string_view html);

    bool web_address_ = false;
};

// The best of these forms that can be taken. `hand_over` asks the other program for one.
[[nodiscard]] Dropped receive_best(std::span<const std::string> forms,
                                   const std::function<Transferred(const std::string&)>& hand_over);

// What GLFW tells of a drop: "paths", which are the paths of files, or what else is in the list that was dropped, a web
// address for example.
[[nodiscard]] Dropped dropped_paths(std::span<const char* const> paths);

// As UTF-8; browsers write some of their forms as UTF-16.
[[nodiscard]] base::SecretText text_of_form(std::span<const std::uint8_t> content);

}  // namespace tokendeck::desktop
