// The window's texts in English: X(key, "words"). Included by texts.hpp only.
#pragma once

// clang-format off
#define TOKENDECK_TEXTS(X) \
    /* ---- everywhere ---- */ \
    X(cancel, "Cancel") \
    X(back, "Back") \
    X(try_again, "Try again") \
    X(dismiss, "Dismiss") \
    X(simulated, "simulated") \
    X(seconds, "{n} s") \
    X(field_characters, "{n} characters") \
    X(field_overlong, "That is longer than {n} bytes and was not taken.") \
    /* ---- header and status ---- */ \
    X(nav_slots, "Codes") \
    X(nav_diagnostics, "Diagnostics") \
    X(nav_settings, "Settings") \
    X(token_none, "No token") \
    X(token_none_detail, "nothing plugged in") \
    X(token_opening, "opening\xE2\x80\xA6") \
    X(token_not_open, "not in use") \
    X(tokens_seen, "{n} tokens seen") \
    X(token_card, "card {serial}") \
    X(token_usb, "USB serial {serial}") \
    X(token_no_serial, "no serial number") \
    X(token_no_permission, "you may not open it") \
    X(token_no_permission_node, "you may not open {node}") \
    X(token_not_served, "tokendeck cannot use this model yet") \
    X(token_in_use, "in use \xC2\xB7 {what}") \
    X(token_click_to_use, "click to use it") \
    X(token_list_empty, "No token is plugged in. A token appears here as soon as it is.") \
    X(plug_simulated, "Plug in a simulated token") \
    X(unplug_simulated, "Unplug the simulated token") \
    X(clipboard_loan, "The code of {name} is on the clipboard, cleared in {n} s") \
    X(clipboard_loan_unnamed, "The code is on the clipboard, cleared in {n} s") \
    X(drop_hint, "Drop a QR picture anywhere in this window") \
    X(notice_token_unplugged, "{subject} was unplugged.") \
    X(notice_slot_removed, "The account \xE2\x80\x9C{subject}\xE2\x80\x9D was removed from the token.") \
    X(notice_hotp_again, "The code of \xE2\x80\x9C{subject}\xE2\x80\x9D is still on display and was copied again; the counter was not moved.") \
    /* ---- start ---- */ \
    X(start_looking, "Looking for tokens\xE2\x80\xA6") \
    X(start_heading, "Plug in your token") \
    X(start_body, "A Nitrokey Pro or a Librem Key. It appears here by itself.") \
    X(start_seen, "No token in use") \
    X(start_opening, "Opening {title}") \
    X(start_opening_detail, "Reading its status and its slots\xE2\x80\xA6 {n} s") \
    X(start_no_permission, "{title} is plugged in, but you may not open it") \
    X(start_no_permission_body, "Install the udev rules for Nitrokey (Debian: package libnitrokey-common), then pull the token and plug it in again.") \
    X(start_no_permission_body_node, "The system keeps {node} for the administrator. Install the udev rules for Nitrokey (Debian: package libnitrokey-common), then pull the token and plug it in again.") \
    X(start_not_served, "{title} is plugged in, but cannot be used yet") \
    X(start_not_served_body, "tokendeck works with Nitrokey Pro, Pro 2 and Librem Key.") \
    X(start_open_failed, "{title} could not be opened") \
    X(start_open_failed_unnamed, "The token could not be opened") \
    X(start_drop, "A QR code at hand?") \
    X(start_drop_body, "Drop its picture on this window now. It is read and checked, and waits for the token.") \
    X(start_add, "Choose a picture or paste") \
    X(start_simulate, "No token here?") \
    X(start_simulate_body, "Try everything on a simulated token. It is kept in a file and protects nothing.") \
    X(start_simulate_button, "Use a simulated token") \
    X(start_simulating, "Plugging in\xE2\x80\xA6") \
    /* ---- slots ---- */ \
    X(slots_heading, "Codes") \
    X(slots_used, "{n} of {all} slots used") \
    X(slots_refresh, "Read the token again") \
    X(slots_add, "Add account") \
    X(slots_none, "No accounts yet") \
    X(slots_none_body, "Drop the picture of a QR code here, or press \xE2\x80\x9C" "Add account\xE2\x80\x9D. Web sites show the code where two-factor login is set up.") \
    X(slots_free, "{n} free slots") \
    X(slot_unnamed, "unnamed") \
    X(slot_proven, "proven") \
    X(slot_unsure, "unsure: write it again") \
    X(slot_mismatch, "gives wrong codes") \
    X(slot_reading, "Reading the code\xE2\x80\xA6 {n} s") \
    X(slot_copy, "Copy code") \
    X(slot_remove, "Remove this account") \
    X(place_totp, "TOTP {n}") \
    X(place_hotp, "HOTP {n}") \
    X(facts_totp, "{digits} digits \xC2\xB7 {period} s") \
    X(facts_hotp, "{digits} digits \xC2\xB7 counter {counter}") \
    /* ---- wizard ---- */ \
    X(step_account, "Account") \
    X(step_review, "Review") \
    X(step_pin, "PIN") \
    X(step_write, "Write") \
    X(step_proven, "Proven") \
    X(input_drop, "Drop the picture of a QR code here") \
    X(input_drop_body, "A screenshot or photo: PNG, JPEG, BMP or GIF. It may be rotated or inverted.") \
    X(input_choose, "Choose a file") \
    X(input_paste, "Or paste the address or the secret") \
    X(input_paste_hint, "otpauth://\xE2\x80\xA6 or a secret like JBSW Y3DP \xE2\x80\xA6") \
    X(input_paste_body, "With Ctrl+V. It is shown as dots because it is the secret, and wiped once it was read.") \
    X(input_read, "Read") \
    X(input_reading_file, "Reading {name}\xE2\x80\xA6") \
    X(input_reading_text, "Reading what was pasted\xE2\x80\xA6") \
    X(browser_up, "To the folder above") \
    X(browser_close, "Close") \
    X(browser_empty, "There are no pictures and no folders here.") \
    X(review_understood, "What was read") \
    X(review_on_token, "What the token will hold") \
    X(review_issuer, "Issuer") \
    X(review_account, "Account") \
    X(review_kind, "Kind") \
    X(review_kind_totp, "Time") \
    X(review_kind_hotp, "Counter") \
    X(review_kind_totp_long, "Time-based (TOTP)") \
    X(review_kind_hotp_long, "Counter-based (HOTP)") \
    X(review_digits, "Digits") \
    X(review_period, "New code every (s)") \
    X(review_period_read, "New code every") \
    X(review_counter, "Next counter") \
    X(review_algorithm, "Algorithm") \
    X(review_secret, "Secret") \
    X(review_secret_bytes, "{n} bytes") \
    X(review_bare_secret, "A bare secret. Most web sites use time, 6 digits and 30 seconds; change it only if yours says so.") \
    X(review_not_a_number, "This is not a number.") \
    X(review_name, "Name") \
    X(review_bytes, "{n}/{max} bytes") \
    X(review_slot, "Slot") \
    X(review_no_slot, "Choose a slot") \
    X(review_slot_free, "free") \
    X(review_none_free, "No slot of this kind is free") \
    X(review_none_free_body, "Choose the account that the new one shall replace.") \
    X(review_old_lost, "This slot is in use. Its account will be lost.") \
    X(review_old, "Old") \
    X(review_new, "New") \
    X(review_overwrite, "Overwrite \xE2\x80\x9C{name}\xE2\x80\x9D") \
    X(review_no_token, "Plug in a token") \
    X(review_no_token_body, "The account is read and waits here. Nothing is lost when you plug in the token now.") \
    X(review_continue, "Continue") \
    X(pin_heading, "Write \xE2\x80\x9C{name}\xE2\x80\x9D to {place}") \
    X(pin_admin, "Admin PIN") \
    X(pin_user, "User PIN") \
    X(pin_admin_hint, "Type the admin PIN") \
    X(pin_user_hint, "Type the user PIN") \
    X(pin_confirm, "Write to the token") \
    X(pin_tries, "{n} tries left") \
    X(pin_one_try, "1 try left") \
    X(pin_tries_unknown, "It is not known how many tries are left") \
    X(pin_tries_unknown_body, "The token's smart card did not answer. Pull the token and plug it in again before you type a PIN.") \
    X(pin_last_try, "This is the last try") \
    X(pin_admin_at_zero, "A wrong PIN costs a try. When none is left, the admin PIN is blocked for good: only a factory reset helps, and that erases all accounts.") \
    X(pin_user_at_zero, "A wrong PIN costs a try. When none is left, the user PIN is blocked until it is unblocked with the admin PIN.") \
    X(pin_admin_default, "On a new token it is 12345678.") \
    X(pin_user_default, "On a new token it is 123456.") \
    X(pin_admin_blocked, "The admin PIN is blocked") \
    X(pin_admin_blocked_body, "No tries are left, so nothing can be written or removed. Only a factory reset lifts this, and it erases all accounts on the token. Codes can still be read.") \
    X(pin_user_blocked, "The user PIN is blocked") \
    X(pin_user_blocked_body, "No tries are left. It can be unblocked with the admin PIN, for example with \xE2\x80\x9Cgpg --card-edit\xE2\x80\x9D, then admin, passwd.") \
    X(write_heading, "Writing \xE2\x80\x9C{name}\xE2\x80\x9D") \
    X(write_since, "to {place} \xC2\xB7 {n} s") \
    X(write_step_of, "{n} of {all}") \
    X(write_authenticating, "Checking the PIN") \
    X(write_sending, "Sending the account and comparing what arrived") \
    X(write_committing, "Storing it in the slot") \
    X(write_reading_back, "Reading the slot back") \
    X(write_proving, "Comparing the token's code with the expected one") \
    X(write_restoring, "Putting the counter back") \
    X(writing_do_not_pull, "Do not pull the token now.") \
    X(proven_message, "Proven: the token's code is the expected one") \
    X(proven_where, "{name} \xC2\xB7 {place} \xC2\xB7 {facts}") \
    X(proven_on_clipboard, "It is on the clipboard: paste it into the web site now.") \
    X(proven_type_it, "Type it into the web site now.") \
    X(proven_over, "The code's time is over. If the web site still wants one, take the next.") \
    X(proven_again, "Copy a code") \
    X(proven_close, "Done") \
    X(failed_heading, "The account is not proven") \
    X(failed_unsure, "Slot {place} is unsure") \
    X(failed_unsure_body, "It may hold the old account, the new one or a mixture. Writing the account again makes it whole.") \
    X(failed_mismatch, "Slot {place} gives wrong codes") \
    X(failed_mismatch_body, "The account is in the slot, but do not rely on it. Write it again or remove it.") \
    X(failed_untouched, "Slot {place} is as it was") \
    X(failed_untouched_body, "Nothing was stored on the token.") \
    X(failed_secret_kept, "The account is still here: you can try again without the QR code, until you press Cancel.") \
    /* ---- dialogs ---- */ \
    X(remove_heading, "Remove \xE2\x80\x9C{name}\xE2\x80\x9D?") \
    X(remove_body, "Its secret is erased from slot {place} and cannot be brought back. Turn off two-factor login on the web site first, or have another way in.") \
    X(remove_busy, "Removing it\xE2\x80\xA6") \
    X(remove_confirm, "Remove") \
    X(userpin_heading, "User PIN for the code of \xE2\x80\x9C{name}\xE2\x80\x9D") \
    X(userpin_body, "On this token codes are protected by the user PIN.") \
    X(userpin_busy, "Reading the code\xE2\x80\xA6") \
    X(userpin_confirm, "Show the code") \
    X(time_heading, "Set the token's clock back?") \
    X(time_body, "The token remembers a later time than this computer shows ({now}), so it refused to make the code of \xE2\x80\x9C{name}\xE2\x80\x9D. If the computer's time is right, set the token's clock to it. If not, correct the computer's clock first.") \
    X(time_agree, "The time is right") \
    /* ---- diagnostics ---- */ \
    X(diag_heading, "Diagnostics") \
    X(diag_token, "Token") \
    X(diag_can, "What this firmware can hold") \
    X(diag_clocks, "Clock") \
    X(diag_model, "Model") \
    X(diag_firmware, "Firmware") \
    X(diag_card, "Card serial") \
    X(diag_usb, "USB serial") \
    X(diag_via, "Reached by") \
    X(diag_admin_tries, "Admin PIN") \
    X(diag_user_tries, "User PIN") \
    X(diag_tries, "{n} of 3 tries left") \
    X(diag_slots, "Slots") \
    X(diag_slots_value, "{used} used, {free} free") \
    X(diag_config, "Configuration") \
    X(diag_config_pin, "Codes are protected by the user PIN") \
    X(diag_config_no_pin, "Codes need no PIN") \
    X(diag_config_numlock, "Num Lock twice types HOTP {n}") \
    X(diag_config_capslock, "Caps Lock twice types HOTP {n}") \
    X(diag_config_scrolllock, "Scroll Lock twice types HOTP {n}") \
    X(diag_no_answer, "the card did not answer") \
    X(diag_none, "none") \
    X(diag_places, "Slots") \
    X(diag_places_value, "{totp} TOTP, {hotp} HOTP") \
    X(diag_algorithms, "Algorithm") \
    X(diag_digits, "Digits") \
    X(diag_secret, "Secret") \
    X(diag_name, "Name") \
    X(diag_period, "Period") \
    X(diag_bytes_at_most, "up to {n} bytes") \
    X(diag_seconds_at_most, "up to {n} s") \
    X(diag_computer_time, "This computer") \
    X(diag_clock, "The token") \
    X(diag_clock_unset, "not set yet; it is set with the first time-based code") \
    X(diag_clock_set, "Token set at") \
    X(diag_clock_lag, "It may lag by") \
    X(diag_clock_lag_value, "about {n} s (it runs 1 % slow)") \
    X(diag_answer_times, "Answer times") \
    X(diag_nothing_yet, "No exchange with a token yet.") \
    X(diag_percentiles, "half within {p50} ms \xC2\xB7 95 % within {p95} ms \xC2\xB7 longest {max} ms \xC2\xB7 last {n}") \
    X(diag_total, "exchanges") \
    X(diag_transport_errors, "transport errors") \
    X(diag_foreign, "foreign replies") \
    X(diag_refusals, "refusals") \
    X(diag_commands, "Last commands") \
    X(diag_column_command, "Command") \
    X(diag_column_status, "Status") \
    X(diag_column_reads, "Reads") \
    X(diag_no_token, "No token in use") \
    X(diag_no_token_body, "What follows is of the tokens that were used since the program started.") \
    /* ---- settings ---- */ \
    X(settings_heading, "Settings") \
    X(settings_theme, "Appearance") \
    X(settings_theme_system, "System") \
    X(settings_theme_light, "Light") \
    X(settings_theme_dark, "Dark") \
    X(settings_clipboard, "Clipboard and display") \
    X(settings_clipboard_body, "A copied code is cleared from the clipboard after {n} s, if it is still there. A counter-based code stays on screen for {hotp} s.") \
    X(settings_kept, "What is kept") \
    X(settings_kept_body, "No secret, PIN or code is ever written to disk. Which slots were proven is known only until the program ends. These settings are not kept yet: at the next start the appearance follows the system again.") \
    X(settings_about, "One-time passwords on Nitrokey tokens. Apache License 2.0. The fonts are Inter, DejaVu Sans and Font Awesome; the licences of all parts are listed in the source.")
// clang-format on
