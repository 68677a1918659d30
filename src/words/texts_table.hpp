// The window's texts in English: X(key, "words"), with a note for translators where the words alone may be
// misunderstood. Included by texts.hpp only.
#pragma once

// clang-format off
#define TOKENDECK_TEXTS(X) \
    /* ---- everywhere ---- */ \
    X(cancel, "Cancel") \
    X(back, "Back") /* a button: to the page before */ \
    X(try_again, "Try again") \
    X(dismiss, "Dismiss") /* a button: the notice goes away */ \
    X(error_unnamed, "Something went wrong that has no words of its own yet: {name}[, field {field}][, {subject}].") \
    X(error_unnamed_next, "Please report this name to the makers of tokendeck.") \
    X(simulated, "simulated") /* an adjective: a token that is only simulated */ \
    X(seconds, "{n} s") /* a number of seconds */ \
    X(field_characters, "{n} {n|character|characters}") \
    /* ---- header and status ---- */ \
    X(nav_slots, "Codes") /* a page: the one-time codes */ \
    X(nav_care, "Manage") /* a page: PINs, settings and reset of the token; a verb */ \
    X(nav_diagnostics, "Diagnostics") \
    X(nav_settings, "Settings") \
    X(token_none, "No token") /* no token is plugged in */ \
    X(token_none_detail, "nothing plugged in") \
    X(token_opening, "opening\xE2\x80\xA6") /* the program is opening the token; a verb */ \
    X(token_not_open, "not in use") \
    X(tokens_seen, "{n} {n|token|tokens} seen") \
    X(token_card, "card {serial}") /* the serial number of the token's smart card */ \
    X(token_usb, "USB serial {serial}") \
    X(token_no_serial, "no serial number") \
    X(token_no_permission, "no permission to open it") \
    X(token_no_permission_node, "no permission to open {node}") \
    X(token_not_served, "tokendeck cannot use this model yet") \
    X(token_in_use, "in use \xC2\xB7 {what}") \
    X(token_click_to_use, "click to use it") \
    X(token_list_empty, "No token is plugged in. A token appears here as soon as it is.") \
    X(plug_simulated, "Plug in a simulated token") \
    X(unplug_simulated, "Unplug the simulated token") \
    X(clipboard_loan, "Copied {name} \xC2\xB7 cleared in {n} s") \
    X(clipboard_loan_unnamed, "Copied \xC2\xB7 cleared in {n} s") \
    X(clipboard_kept, "{name} stays on the clipboard until you quit or the screen locks") \
    X(clipboard_kept_expired, "{name} has expired and is still on the clipboard") \
    X(clipboard_kept_expired_unnamed, "An expired code is still on the clipboard") \
    X(clipboard_kept_unnamed, "The code stays on the clipboard until you quit or the screen locks") \
    X(clipboard_clear, "Clear now") /* a button: empties the clipboard */ \
    X(clipboard_keep, "Keep it") /* a button: the code is not cleared from the clipboard */ \
    X(keys_hint, "Keys") /* keys of the keyboard */ \
    X(waiting_continue, "Continue adding {name}") \
    X(waiting_continue_unnamed, "Continue adding the account") \
    X(waiting_continue_several, "Continue adding {n} {n|account|accounts}") \
    X(closing_heading_several, "{n} {n|account is|accounts are} not on your token yet") \
    X(closing_heading_spare, "\xE2\x80\x9C{name}\xE2\x80\x9D is not on your spare token yet") \
    X(closing_heading_spare_several, "{n} {n|account is|accounts are} not on your spare token yet") \
    X(closing_body_several, "If you close tokendeck now, you need their QR codes or secrets again.") \
    X(closing_heading_unnamed, "The account is not on your token yet") \
    X(closing_heading, "\xE2\x80\x9C{name}\xE2\x80\x9D is not on your token yet") \
    X(closing_body, "If you close tokendeck now, you need its QR code or secret again.") \
    X(closing_close, "Close anyway") \
    X(closing_stay, "Continue adding") \
    X(drop_hint, "Drop a QR picture anywhere in this window") \
    X(notice_code_expired, "{subject}: the code has expired and is off the clipboard.") \
    X(notice_token_unplugged, "{subject} was unplugged.") \
    X(notice_simulated_plugged, "{subject} is plugged in, too. Choose it in the list of tokens above.") \
    X(notice_slot_removed, "The account \xE2\x80\x9C{subject}\xE2\x80\x9D was removed from the token.") \
    X(notice_slot_edited, "\xE2\x80\x9C{subject}\xE2\x80\x9D was changed. Its code was compared before and after: the secret is the same.") \
    X(notice_slot_edited_unproven, "\xE2\x80\x9C{subject}\xE2\x80\x9D was changed and read back. The period changed, so its codes are different and could not be compared.") \
    X(notice_settings_lines, "tokendeck does not understand {subject} {subject|line|lines} of the settings file. The settings page shows {subject|it|them}.") \
    X(notice_report_copied, "The report is on the clipboard. It holds no secrets, account names or serial numbers.") \
    X(notice_code_back, "{subject} put the code back on the clipboard after tokendeck had cleared it. Leave tokendeck out in its settings, or delete the code there.") \
    X(notice_code_back_copyq, "{subject} put the code back on the clipboard after tokendeck had cleared it. In CopyQ press F6, add the command that ignores a window, and type tokendeck as the window's title.") \
    X(notice_code_back_history, "{subject} put the code back on the clipboard after tokendeck had cleared it. It cannot leave out single programs: delete the code from its history, or turn its history off.") \
    X(notice_code_back_unnamed, "Another program put the code back on the clipboard after tokendeck had cleared it. If you use a clipboard manager, leave tokendeck out in its settings.") \
    X(notice_hotp_unsure, "Another program may have taken a code of \xE2\x80\x9C{subject}\xE2\x80\x9D at the same time. If the web site refuses this code, take the next one.") \
    X(notice_hotp_again, "The same code of \xE2\x80\x9C{subject}\xE2\x80\x9D was copied again; the counter did not move. For the next one, click {hotp} s after this code was read.") \
    /* ---- start ---- */ \
    X(start_looking, "Looking for tokens\xE2\x80\xA6") \
    X(start_heading, "Plug in your token") \
    X(start_body, "Web sites ask for a code at login. Your Nitrokey Pro, Nitrokey Storage or Librem Key makes it, and tokendeck copies it with one click.") \
    X(start_seen, "No token in use") \
    X(start_opening, "Opening {title}") \
    X(start_opening_detail, "Reading its status and its slots\xE2\x80\xA6 {n} s") \
    X(start_no_permission, "{title} is plugged in, but you cannot open it") \
    X(start_no_permission_body, "Install the udev rules that come with tokendeck (70-tokendeck.rules), then unplug the token and plug it in again.") \
    X(start_no_permission_body_node, "Only the administrator can open {node}. Install the udev rules that come with tokendeck (70-tokendeck.rules), then unplug the token and plug it in again.") \
    X(start_not_served, "{title} is plugged in, but cannot be used yet") \
    X(start_not_served_body, "tokendeck works with Nitrokey Pro, Pro 2, Storage and Librem Key.") \
    X(start_open_failed, "{title} could not be opened") \
    X(start_open_failed_unnamed, "The token could not be opened") \
    X(start_drop, "Have a QR code ready?") \
    X(start_drop_body, "Drop its picture on this window now. tokendeck reads and checks it, then waits for the token.") \
    X(start_add, "Choose a picture or paste") \
    X(start_simulate, "No token here?") \
    X(start_simulate_body, "Try everything on a simulated token. It is kept in a file and protects nothing.") \
    X(start_simulate_button, "Use a simulated token") \
    X(start_simulating, "Plugging in\xE2\x80\xA6") /* the program is plugging in a simulated token */ \
    X(start_model, "Which token is simulated") \
    X(start_doctor, "Why can't I use my token?") \
    X(doctor_busy, "Checking\xE2\x80\xA6") /* the program is looking for what is wrong */ \
    X(doctor_copy, "Copy this command") \
    X(doctor_nothing, "tokendeck found no problem.") \
    /* ---- slots ---- */ \
    X(slots_heading, "Codes") \
    X(slots_refresh, "Read the token again") \
    X(slots_add, "Add account") \
    X(slots_none, "No accounts yet") \
    X(slots_none_body, "Drop the picture of a QR code here, or press \xE2\x80\x9C" "Add account\xE2\x80\x9D. Web sites show the code where you set up two-factor login.") \
    X(slots_free, "{n} free {n|slot|slots}") \
    X(slots_free_none, "No free slot") \
    X(slots_search, "Search: just type") \
    X(slots_search_clear, "Clear the search") \
    X(slots_not_found, "No account matches \xE2\x80\x9C{what}\xE2\x80\x9D") \
    X(slots_map_show, "Show the slot map") \
    X(slots_map_hide, "Hide the slot map") \
    X(slots_map_free, "free") /* an adjective: a slot that holds no account */ \
    X(slot_copied, "copied") /* the code was copied */ \
    X(slot_awaited, "Next code in {n} s\xE2\x80\xA6") \
    X(slot_awaited_now, "click again for the current code") \
    X(slot_show, "Show the code for a moment") \
    X(slot_hide, "Hide the code") \
    X(slot_unnamed, "unnamed") /* in place of the name of a slot that has none */ \
    X(slot_proven, "proven") /* an adjective: the token was seen to give the right code */ \
    X(slot_unsure, "incomplete: write it again or remove it") \
    X(slot_mismatch, "gives wrong codes") \
    X(slot_unreadable, "cannot be read: write it again or remove it") \
    X(slot_reading, "Reading the code\xE2\x80\xA6 {n} s") \
    X(slot_copy, "Copy code") \
    X(slot_remove, "Remove this account") \
    X(slot_edit, "Change name, digits, period or counter") \
    X(slots_no_edit, "This firmware cannot change an account and keep its secret. To change one, write it again with its QR code.") \
    X(place_totp, "TOTP {n}") /* a slot of time-based codes, by number */ \
    X(place_hotp, "HOTP {n}") /* a slot of counter-based codes, by number */ \
    X(facts_totp, "{digits} {digits|digit|digits} \xC2\xB7 {period} s") \
    X(facts_hotp, "{digits} {digits|digit|digits} \xC2\xB7 counter {counter}") \
    /* ---- the list of keys ---- */ \
    X(help_heading, "Keys") /* keys of the keyboard */ \
    X(help_codes, "On the page with the codes") \
    X(help_everywhere, "Everywhere") /* a heading: keys that work on every page */ \
    X(help_digit, "Copy the code with that number") \
    X(help_type, "Search") /* what typing letters does */ \
    X(help_letters, "letters") /* what is typed: any letters */ \
    X(help_enter, "Copy the code of the account in focus, or of the first one found") \
    X(help_arrows, "Move from account to account") \
    X(help_ends, "Go to the first, to the last") \
    X(help_edit, "Change the account") \
    X(help_remove, "Remove the account") \
    X(help_escape, "Stop waiting, hide the code, end the search") \
    X(help_tab, "Go to the next item; with Shift back") \
    X(help_add, "Add an account") \
    X(help_paste, "Add the account on the clipboard") \
    X(help_find, "Search") /* what the key does: goes to the search field */ \
    X(help_refresh, "Read the token again") \
    X(help_pages, "Codes, Manage, Diagnostics, Settings") \
    X(help_scale, "Zoom in, zoom out, reset") \
    X(help_help, "This list") /* what the key does: shows this list */ \
    X(key_ctrl, "Ctrl") /* printed on a key, as are those that follow */ \
    X(key_tab, "Tab") \
    X(key_enter, "Enter") \
    X(key_escape, "Esc") \
    X(key_delete, "Del") \
    X(key_home, "Home") \
    X(key_end, "End") \
    /* ---- wizard ---- */ \
    X(step_account, "Account") /* a step: choosing what to add */ \
    X(step_review, "Review") /* a step; a noun */ \
    X(step_pin, "PIN") \
    X(step_write, "Write") /* a step: writing to the token */ \
    X(step_proven, "Proven") /* a step: the code was right */ \
    X(input_drop, "Drop the picture of a QR code here") \
    X(input_drop_files, "In this session you can drop files. For a picture in a browser: copy it there, and press Ctrl+V here.") \
    X(input_drop_body, "A screenshot or photo, even with several codes, or an export from an authenticator app.") \
    X(input_choose, "Choose files") \
    X(chooser_title, "Pictures of QR codes") \
    X(chooser_filter, "Pictures and exports") \
    X(input_paste, "Or paste anything: an otpauth link, a secret, several lines") \
    X(input_paste_hint, "otpauth://\xE2\x80\xA6 or a secret like JBSW Y3DP \xE2\x80\xA6") \
    X(input_paste_body, "Paste with Ctrl+V. Hidden because it contains your secret. What tokendeck recognises appears here.") \
    X(input_overlong, "That is longer than {n} {n|byte|bytes} and was not taken. Drop it as a file instead.") \
    X(input_read, "Read") /* a button: reads what was pasted; a verb */ \
    X(input_reading_file, "Reading {name}\xE2\x80\xA6") \
    X(drag_takeable, "Let go to add the account") \
    X(drag_takeable_body, "tokendeck looks for a QR code, an account link or a secret in it. Nothing is written yet.") \
    X(drag_unusable, "This cannot be taken") \
    X(drag_unusable_body, "What can be dropped here: a picture of a QR code, its file, a link to an account, a secret as text.") \
    X(drag_busy, "Not now") /* while something is dragged over the window: it cannot be dropped now */ \
    X(drag_busy_body, "The token is being written. Drop it again when that is done.") \
    X(drag_receiving, "Taking what was dropped\xE2\x80\xA6") \
    X(input_reading_picture, "Reading the picture\xE2\x80\xA6") \
    X(input_reading_text, "Reading what you pasted\xE2\x80\xA6") \
    X(browser_up, "Go to the parent folder") \
    X(browser_close, "Close") \
    X(browser_home, "Home") /* the user's home folder */ \
    X(browser_downloads, "Downloads") \
    X(browser_pictures, "Pictures") \
    X(browser_empty, "There are no pictures or folders here.") \
    X(review_understood, "What was read") \
    X(review_on_token, "What the token will hold") \
    X(review_issuer, "Issuer") \
    X(review_account, "Account") \
    X(review_kind, "Kind") /* of code: time-based or counter-based */ \
    X(review_kind_totp, "Time") /* codes that depend on the time */ \
    X(review_kind_hotp, "Counter") /* codes that depend on a counter */ \
    X(review_kind_totp_long, "Time-based (TOTP)") \
    X(review_kind_hotp_long, "Counter-based (HOTP)") \
    X(review_digits, "Digits") /* how many digits a code has */ \
    X(review_period, "Period (s)") /* seconds for which a code is valid */ \
    X(review_period_read, "Period") /* how long a code is valid */ \
    X(review_counter, "Next counter") /* the counter of the next code */ \
    X(review_algorithm, "Algorithm") \
    X(review_secret, "Secret") \
    X(review_secret_bytes, "{n} {n|byte|bytes}") \
    X(facts_export, "From the export of another program") \
    X(remark_left_out, "Leave it out") \
    X(remark_first_answer, "Answer what is asked about the account first") \
    X(review_bare_secret, "Only a secret. Most sites use time-based codes, 6 digits, 30 seconds; change this only if yours says so.") \
    X(review_not_a_number, "This is not a number.") \
    X(review_name, "Name") \
    X(review_characters, "{n}/{max} {max|character|characters}") \
    X(review_slot, "Slot") /* a numbered place on the token */ \
    X(review_token, "Token") \
    X(review_no_slot, "Choose a slot") \
    X(review_slot_free, "free") /* an adjective: nothing is stored there */ \
    X(review_none_free, "No suitable slot is free") \
    X(review_none_free_body, "Choose the account that the new one replaces.") \
    X(review_old_lost, "This slot is in use. You will lose its account.") \
    X(review_old, "Old") /* the account that will be overwritten */ \
    X(review_new, "New") /* the account that overwrites it */ \
    X(review_overwrite, "Overwrite \xE2\x80\x9C{name}\xE2\x80\x9D") \
    X(review_no_token, "Plug in a token") \
    X(review_no_token_body, "tokendeck has read the account and keeps it here until you plug in the token.") \
    X(review_continue, "Continue") \
    X(pin_heading, "Write \xE2\x80\x9C{name}\xE2\x80\x9D to {place}") \
    X(pin_admin, "Admin PIN") \
    X(pin_user, "User PIN") \
    X(pin_admin_hint, "Type the admin PIN") \
    X(pin_user_hint, "Type the user PIN") \
    X(pin_confirm, "Write to the token") \
    X(pin_tries, "{n} of 3 tries left") \
    X(pin_tries_unknown, "The number of tries left is unknown") \
    X(pin_tries_unknown_body, "The token's smart card did not answer. Unplug the token and plug it in again before you type a PIN.") \
    X(pin_admin_at_zero, "A wrong PIN costs a try. With none left, you cannot write or remove anything, and you cannot reset the token here: only GnuPG can reset its smart card, which erases the keys on it.") \
    X(pin_user_at_zero, "A wrong PIN costs a try. With none left, the user PIN is blocked until you set a new one with the admin PIN.") \
    X(pin_before_last, "Look it up before you type it again: the next try is the last.") \
    X(proven_change_pin, "Change the admin PIN now") \
    X(proven_factory_pin, "The token still has the admin PIN that every new token has.") \
    X(pin_show, "Show the PIN") \
    X(pin_hide, "Hide the PIN") \
    X(pin_admin_default, "On a new token the admin PIN is 12345678.") \
    X(pin_user_default, "On a new token the user PIN is 123456.") \
    X(pin_admin_blocked, "The admin PIN is blocked") \
    X(pin_admin_blocked_body, "No tries are left, so you cannot write, remove or reset anything here. Only GnuPG can reset the smart card (gpg --card-edit, then admin, factory-reset); that erases the keys on it. You can still read codes.") \
    X(pin_user_blocked, "The user PIN is blocked") \
    X(pin_user_blocked_body, "No tries are left. Set a new one with the admin PIN.") \
    X(pin_both_blocked_body, "No tries are left, and none for the admin PIN, which could set a new one. You can still read codes that need no PIN. Only GnuPG can reset the smart card (gpg --card-edit, then admin, factory-reset); that erases the keys on it.") \
    X(pin_unblock, "Unblock it") /* a button: unblocks the PIN */ \
    X(pin_admin_last_agree, "I know the admin PIN. Use the last try.") \
    X(pin_user_last_agree, "I know the user PIN. Use the last try.") \
    X(pin_once, "With this firmware, each PIN you type is good for one write or one code.") \
    X(pin_length, "{min} to {max} {max|character|characters}") \
    X(pin_short, "{n} of at least {min} {min|character|characters}") \
    X(pin_long, "Too long: at most {max} {max|character|characters} (a letter with an accent counts as two)") \
    X(pin_differs, "The PINs don't match") \
    X(pin_new_user, "New user PIN") \
    X(pin_new_admin, "New admin PIN") \
    X(pin_again, "Type it again") \
    X(pin_admin_again, "Admin PIN again") \
    X(pin_current_user, "Current user PIN") \
    X(pin_current_admin, "Current admin PIN") \
    X(write_heading, "Writing \xE2\x80\x9C{name}\xE2\x80\x9D") \
    X(write_since, "to {place} \xC2\xB7 {n} s") \
    X(write_step_of, "{n} of {all}") \
    X(write_authenticating, "Checking the PIN") \
    X(write_sending, "Sending the account and checking what arrived") \
    X(write_committing, "Storing it in the slot") \
    X(write_reading_back, "Reading the slot back") \
    X(write_proving, "Checking that the token gives the right code") \
    X(writing_do_not_pull, "Do not unplug the token now.") \
    X(proven_message, "Proven: the token gives the right code") \
    X(proven_both, "Now on both tokens: {name}") \
    X(proven_both_several, "Now on both tokens: {n} {n|account|accounts}") \
    X(proven_waiting, "The next code comes in {n} s: this one is about to expire.") \
    X(proven_now, "Copy the current code") \
    X(proven_where, "{name} \xC2\xB7 {place} \xC2\xB7 {facts}") \
    X(proven_on_clipboard, "It is on the clipboard: paste it into the web site now.") \
    X(proven_type_it, "Type it into the web site now.") \
    X(proven_over, "This code has expired. Copy a new one if the site still asks for it.") \
    X(proven_hidden, "The code is no longer shown. Copy the next one if the site still asks for a code.") \
    X(proven_counters, "This code is for counter {counter}. The token gives it only once; the next code is for counter {next}.") \
    X(proven_again, "Copy a code") \
    X(proven_close, "Done") /* a button: closes the page */ \
    X(failed_heading, "The account is not proven") \
    X(failed_unsure, "Slot {place} may be incomplete") \
    X(failed_unsure_body, "It may hold the old account, the new one or a mixture. Writing the account again repairs it.") \
    X(failed_mismatch, "Slot {place} gives wrong codes") \
    X(failed_mismatch_body, "The account is in the slot, but do not rely on it. Write it again or remove it.") \
    X(failed_untouched, "Slot {place} is unchanged") \
    X(failed_untouched_body, "Nothing was stored on the token.") \
    X(failed_secret_kept, "The account is still here: you can try again without the QR code, until you press Cancel.") \
    X(input_heading, "Add an account") \
    X(input_clipboard, "Clipboard") \
    X(input_screen, "Screen") /* a button: takes a picture of the screen */ \
    X(input_chooser_open, "The file chooser is open. Choose the picture there.") \
    X(input_show, "Show what you pasted") \
    X(input_hide, "Hide what you pasted") \
    X(input_new_secret, "Make a new secret") \
    X(input_new_secret_body, "Only where you can choose the secret yourself: your own server, a VPN, an SSH login.") \
    X(input_reading_clipboard, "Reading the picture on the clipboard\xE2\x80\xA6") \
    X(input_waiting_screen, "Waiting for a picture of the screen\xE2\x80\xA6") \
    X(input_waiting_screen_body, "The desktop may ask which part of the screen to take, or for your permission.") \
    X(input_reading_screen, "Looking for QR codes on the screen\xE2\x80\xA6") \
    X(input_reading_more, "{n} more to read") \
    X(input_making, "Making a random secret\xE2\x80\xA6") \
    X(explain_base32, "A secret, as web sites show it") \
    X(explain_hex, "A secret in hexadecimal digits") \
    X(explain_address, "An otpauth link") \
    X(explain_export, "An export from an authenticator app") \
    X(explain_picture, "A picture with a QR code") \
    X(explain_several, "Several accounts") \
    X(explain_other, "Not an account") \
    X(explain_export_n, "An export from an authenticator app with {n} {n|account|accounts}") \
    X(explain_export_part, "Part {part} of {all} of an export, with {n} {n|account|accounts}") \
    X(explain_refused, "tokendeck cannot take {n} {n|account|accounts} in it; the next page says why.") \
    X(explain_bytes, "secret of {n} {n|byte|bytes}") \
    X(explain_joined, "put together from {n} {n|line|lines}") \
    X(explain_look_alikes, "{n} {n|place is|places are} marked in all.") \
    X(explain_line, "Line {n}:") \
    X(explain_more, "and {n} more {n|line|lines}") \
    X(explain_as_hex, "This secret is in hexadecimal digits") \
    X(facts_image, "From the QR code") \
    X(facts_address, "From the otpauth link") \
    X(facts_bare, "Only a secret") \
    X(facts_made, "A secret made here") \
    X(facts_heading_made, "What was made") \
    X(facts_goes, "Where it goes") \
    X(facts_went, "Where it is") \
    X(choose_count, "{n} of {all} {all|account|accounts} chosen") \
    X(choose_free, "Free on this token: {totp} {totp|slot|slots} for time, {hotp} for counters. Each account takes a free one.") \
    X(choose_all, "All") /* a button: ticks all accounts */ \
    X(choose_none, "None") /* a button: ticks no account */ \
    X(choose_parts, "{n} of {all} {all|picture|pictures} of this export {n|is|are} read") \
    X(choose_parts_body, "Drop the next one here, or continue with these accounts.") \
    X(choose_refused, "tokendeck cannot take these") \
    X(choose_without_otp, "{n} {n|entry|entries} without a one-time password {n|stays|stay} in the export.") \
    X(choose_place, "Number {n}:") /* comes before the reason why that account was not taken */ \
    X(choose_no_slot, "No suitable slot is free. Deselect another account, or remove one from the token.") \
    X(choose_no_token_body, "tokendeck has read the accounts and keeps them here until you plug in the token.") \
    X(choose_written, "The accounts") \
    X(choose_waiting, "waits") /* the account waits to be written */ \
    X(choose_writing, "being written") /* the account */ \
    X(choose_failed, "not proven") /* the account: its code could not be checked or was wrong */ \
    X(pin_heading_several, "Write {n} {n|account|accounts, one after another}") \
    X(write_account_of, "account {n} of {all}") \
    X(writing_stop, "Stop after this one") \
    X(writing_stopping, "Stopping after this one") \
    X(proven_several, "{n} of {all} {all|account|accounts} proven") \
    X(export_left, "The file still holds the secrets, unprotected: {path}") \
    X(export_left_others, "It is also where {n} {n|account|accounts} {n|is|are} that {n|was|were} not written now.") \
    X(export_delete, "Delete this file now") \
    X(export_deleted, "Deleted: {path}") /* a file was deleted */ \
    X(export_deleted_body, "A backup, the trash or the program that made it may still have a copy.") \
    X(proven_several_body, "For each, the token gives the right code. The codes are on the Codes page.") \
    X(offer_sheet, "Recovery sheet") \
    X(offer_sheets, "Recovery sheets") \
    X(offer_sheets_why, "To print, in case you lose the token: a page for each account, in one file.") \
    X(offer_sheet_why, "To print, in case you lose the token: QR code and secret.") \
    X(offer_spare, "Add it to your spare token, too") \
    X(offer_spare_hotp, "Each token keeps its own counter. Using one leaves the other behind until you set its counter.") \
    X(offer_spare_why, "The same account on a second token, proven the same way.") \
    X(offer_kept, "tokendeck keeps the secret until you close this page, {n} min at most.") \
    X(same_account, "{name} is already on this token: {place}") \
    X(same_account_body, "Replace it, or keep both if you need two.") \
    X(same_replace, "Replace it") /* a button: overwrites the account that is there already */ \
    X(same_keep, "Keep both") /* a button: both accounts stay on the token */ \
    X(same_name, "{place} has the same name: {name}") \
    X(same_name_body, "It may be a different account: the token keeps only this name. Keep both under different names, or replace the old one.") \
    X(choose_full, "No slot of this token is free for it. Remove an account first, or use a different token.") \
    X(choose_same_name, "{place} has the same name, so this may be the same account. Select it to add it under another name.") \
    X(choose_same, "Already on this token: {place}. Select it to add it again.") \
    X(name_shortened, "Shortened from \xE2\x80\x9C{name}\xE2\x80\x9D to fit this token.") \
    X(why_spare, "Plug in the spare token first.") \
    X(why_token, "Plug in a token first.") \
    X(why_none, "Select at least one account.") \
    X(why_slot, "Choose a slot first.") \
    X(why_name, "Type a name first.") \
    X(why_tick, "Tick the box first.") \
    X(why_blocked, "Something does not fit, see above.") \
    X(why_same, "Replace it or keep both?") \
    X(why_number, "A number is wrong.") \
    X(why_spare_choose, "Choose the spare token first.") \
    X(spare_choose, "Choose the spare token") \
    X(spare_choose_body, "Choose one of these, or plug in a different token. The first one can stay in.") \
    X(spare_missing, "Plug in the spare token") \
    X(spare_missing_body, "Plug in a different token. The first one can stay in.") \
    X(spare_none, "Waiting for a different token\xE2\x80\xA6") \
    X(sheet_heading, "Recovery sheet") \
    X(sheet_body, "Whoever sees this page can make your codes. Scan it with another authenticator, or print it.") \
    X(sheet_making, "Making the QR code\xE2\x80\xA6") \
    X(sheet_file, "As a file to print (PDF)") \
    X(sheet_file_body, "It holds the secret unprotected. Print it, then delete it.") \
    X(sheet_body_several, "One file with a page for each of these accounts. Whoever has it can make your codes.") \
    X(sheet_open_file, "Open") /* a button: opens the file */ \
    X(sheet_print, "Print") /* a button; a verb */ \
    X(sheet_delete, "Delete the file now") \
    X(sheet_deleting, "Deleting the file\xE2\x80\xA6") \
    X(sheet_deleted, "The file is deleted") \
    X(sheet_deleted_body, "A backup or the program that printed it may still have a copy.") \
    X(sheet_saving, "Saving the file\xE2\x80\xA6") \
    X(sheet_saved, "Saved: {path}") /* a file was saved */ \
    X(sheet_saved_body, "Print it, then delete the file.") \
    X(sheet_save, "Save the file") \
    X(sheet_close, "Back to the code") \
    X(other_side, "Give this to the other side") \
    X(other_side_name, "As soon as the account has a name, the QR code and the secret for the other side appear here.") \
    X(other_side_body, "Scan the code there, or type the secret. The token gets the same one.") \
    X(paper_title, "Recovery sheet") \
    X(paper_date, "Date") \
    X(paper_scan, "Scan this with an authenticator, or with tokendeck for a new token.") \
    X(paper_advice, "Keep it safe") \
    X(paper_advice_keep, "Whoever has this sheet can make the codes of this account. Keep it where you keep passports.") \
    X(paper_advice_apart, "Keep it apart from the token, or you could lose both at once.") \
    X(paper_advice_use, "Any authenticator program takes the code above, and so does a new token.") \
    X(paper_advice_file, "Delete the file this was printed from, and empty the bin.") \
    X(paper_advice_lost, "If you lose the token or this sheet, log in and set up two-factor login again.") \
    X(review_made_here, "Both sides must agree on these. Nearly every server expects time-based codes, 6 digits, 30 seconds.") \
    X(paper_notes, "Notes") /* a heading on paper: room to write by hand */ \
    /* ---- dialogs ---- */ \
    X(remove_heading, "Remove \xE2\x80\x9C{name}\xE2\x80\x9D?") \
    X(remove_body, "This erases its secret from slot {place}, and nothing brings it back. Turn off two-factor login on the web site first, or have another way in.") \
    X(remove_busy, "Removing it\xE2\x80\xA6") \
    X(remove_confirm, "Remove") /* a button; a verb */ \
    X(userpin_heading, "User PIN for the code of \xE2\x80\x9C{name}\xE2\x80\x9D") \
    X(userpin_body, "The user PIN protects the codes of this token. tokendeck asks for it once and forgets it after {n} min, or when you lock or unplug the token.") \
    X(userpin_body_once, "The user PIN protects the codes of this token. You type it for every code.") \
    X(userpin_busy, "Reading the code\xE2\x80\xA6") \
    X(userpin_confirm, "Show the code") \
    X(time_heading, "Set the token's clock back?") \
    X(time_body, "The token remembers a later time than this computer shows ({now}), so it refused to make the code of \xE2\x80\x9C{name}\xE2\x80\x9D. If the computer's time is right, set the token's clock to it. If not, correct the computer's clock first.") \
    X(time_agree, "The time is right") \
    X(token_name, "{title} \xC2\xB7 card {serial}") \
    X(token_name_simulated, "{title} (simulated) \xC2\xB7 card {serial}") \
    X(token_name_plain, "{title}") \
    X(token_name_plain_simulated, "{title} (simulated)") \
    /* ---- editing ---- */ \
    X(edit_heading, "Change \xE2\x80\x9C{name}\xE2\x80\x9D in {place}") \
    X(edit_body, "The secret stays. tokendeck compares the token's code before and after, so it notices a lost secret at once.") \
    X(edit_body_hotp, "The secret stays; tokendeck compares codes to check that. If a web site refuses your codes, set the counter to the number it expects next.") \
    X(edit_name, "Name") \
    X(edit_counter, "Next counter") \
    X(edit_period, "Period (s)") \
    X(edit_confirm, "Change it") /* a button */ \
    X(edit_again, "The time is right, change it") \
    X(edit_busy, "Changing it and comparing codes\xE2\x80\xA6") \
    X(close, "Close") /* a button; a verb */ \
    /* ---- care ---- */ \
    X(care_heading, "Manage this token") \
    X(care_no_token, "No token in use") \
    X(care_no_token_body, "Plug in a token to change its PINs or settings.") \
    X(care_tries, "{n} of 3 tries left") \
    X(care_blocked, "blocked: no tries left") \
    X(care_no_answer, "the card did not answer") \
    X(care_user_pin, "Change the user PIN") \
    X(care_admin_pin, "Change the admin PIN") \
    X(care_unblock, "Unblock the user PIN") \
    X(care_unblock_about, "A new user PIN, set with the admin PIN") \
    X(care_protection, "PIN protection of codes") \
    X(care_protection_on, "On: codes need the user PIN") \
    X(care_protection_off, "Off: codes need no PIN") \
    X(care_lock_keys, "Lock keys") /* Num Lock, Caps Lock and Scroll Lock */ \
    X(care_lock_keys_off, "Off: no key types a code") \
    X(care_lock_keys_armed, "On: {keys} pressed twice types a code") \
    X(care_numlock, "Num Lock") \
    X(care_capslock, "Caps Lock") \
    X(care_scrolllock, "Scroll Lock") \
    X(care_key_off, "Off") /* the key types no code */ \
    X(care_lock, "Lock now") /* a button: locks the token */ \
    X(care_lock_about, "Locks everything that PINs have unlocked") \
    X(care_lock_held, "The user PIN is accepted; forgotten in {n} min") \
    X(care_advanced, "Advanced") /* a heading: actions that few people need */ \
    X(care_new_key, "New AES key") \
    X(care_new_key_about, "Empties the password safe") \
    X(care_new_key_about_storage, "Erases all accounts and volumes") \
    X(care_reset, "Factory reset") \
    X(care_reset_about, "Erases everything on the token") \
    X(care_ask_user_pin, "Change the user PIN") \
    X(care_ask_admin_pin, "Change the admin PIN") \
    X(care_ask_unblock, "Set a new user PIN") \
    X(care_ask_protect, "Protect all codes with the user PIN?") \
    X(care_ask_unprotect, "Give codes without a PIN?") \
    X(care_ask_lock_keys, "Codes typed by lock keys") \
    X(care_ask_lock, "Lock the token?") \
    X(care_ask_new_key, "Make a new AES key?") \
    X(care_ask_reset, "Erase everything on this token?") \
    X(care_say_user_pin, "The user PIN unlocks protected codes, the password safe, volumes and the keys of the smart card.") \
    X(care_say_admin_pin, "The admin PIN writes and removes accounts and sets a new user PIN.") \
    X(care_say_unblock, "The admin PIN sets a new user PIN. Nothing is erased.") \
    X(care_say_unblock_early, "The user PIN is not blocked: it has {n} {n|try|tries} left. You can set a new one anyway. Nothing is erased.") \
    X(care_say_protect, "For all accounts at once. tokendeck then asks for the user PIN once and forgets it after {n} min, or when you lock or unplug the token.") \
    X(care_say_protect_once, "For all accounts at once. This firmware asks for the user PIN with every single code.") \
    X(care_say_protect_keys, "Codes typed by a lock key still need no PIN.") \
    X(care_say_unprotect, "For all accounts at once. Whoever has the token can then read its codes.") \
    X(care_say_lock_keys, "Press the key twice quickly, and it types a code of a counter-based account, without a PIN and into whatever window is open. Each time uses up a code.") \
    X(care_lost, "You lose") /* a heading: comes before what the action destroys */ \
    X(care_stays, "You keep") /* a heading: comes before what the action leaves */ \
    X(care_mind, "Note") /* a heading: what to know before the action */ \
    X(care_locks, "Locks") /* a heading: what will be locked; a verb */ \
    X(care_lock_lost, "The password safe, until you unlock it again. Codes disappear from the screen and the clipboard, and tokendeck forgets the user PIN.") \
    X(care_lock_lost_storage, "Encrypted and hidden volumes, the password safe and the smart card, until you unlock them again. Codes disappear from the screen and the clipboard, and tokendeck forgets the user PIN.") \
    X(care_lock_mind, "On this model, other programs stay authenticated until you unplug the token.") \
    X(care_lock_mind_storage, "Eject its volumes first, or files that are being written may be damaged.") \
    X(care_new_key_lost, "Everything in the password safe.") \
    X(care_new_key_lost_storage, "All accounts and settings. Everything on the encrypted and hidden volumes, for good. Everything in the password safe.") \
    X(care_new_key_stays, "All accounts, the PINs, the settings, the keys of the smart card.") \
    X(care_new_key_stays_storage, "The PINs, the keys of the smart card, the files on the unencrypted volume, which becomes read-only.") \
    X(care_new_key_mind, "The firmware destroys the old key before it checks the PIN, so tokendeck has the PIN checked first.") \
    X(care_new_key_mind_storage, "There is no way back and no copy. Have another way into every account first.") \
    X(care_new_key_agree, "Destroy the password safe and make a new key") \
    X(care_new_key_agree_storage, "Erase all accounts and volumes and make new keys") \
    X(care_reset_lost, "All accounts with their counters, the settings, the keys of the smart card, the password safe. The PINs become 123456 and 12345678.") \
    X(care_reset_lost_storage, "All accounts and settings, the keys of the smart card, the password safe, everything on encrypted and hidden volumes. The PINs become 123456 and 12345678.") \
    X(care_reset_stays, "Only the time it remembers.") \
    X(care_reset_stays_storage, "The files on the unencrypted volume, which becomes read-only. The firmware password. The time it remembers.") \
    X(care_reset_mind, "The firmware says \xE2\x80\x9C" "done\xE2\x80\x9D even when nothing was erased, so tokendeck checks that the accounts are gone.") \
    X(care_reset_mind_storage, "There is no way back. Afterwards you have to make new keys before you can use volumes.") \
    X(care_reset_agree, "Erase everything on this token") \
    X(care_continue, "Continue") \
    X(care_confirm_pin, "Change the PIN") \
    X(care_confirm_unblock, "Set the new PIN") \
    X(care_confirm_on, "Turn on") /* a button: PIN protection */ \
    X(care_confirm_off, "Turn off") /* a button: PIN protection */ \
    X(care_confirm_config, "Save") \
    X(care_confirm_lock, "Lock it") \
    X(care_confirm_new_key, "Make a new key") \
    X(care_confirm_reset, "Erase everything") \
    X(care_busy_pin, "Changing the PIN\xE2\x80\xA6") \
    X(care_busy_config, "Saving the setting\xE2\x80\xA6") \
    X(care_busy_lock, "Locking\xE2\x80\xA6") \
    X(care_busy_new_key, "Making a new key\xE2\x80\xA6") \
    X(care_busy_reset, "Erasing everything\xE2\x80\xA6") \
    X(care_do_not_pull, "Do not unplug the token now.") \
    X(care_said_user_pin, "The user PIN was changed") \
    X(care_said_admin_pin, "The admin PIN was changed") \
    X(care_said_unblock, "The new user PIN is set") \
    X(care_said_protected, "The user PIN now protects all codes") \
    X(care_said_unprotected, "Codes now need no PIN") \
    X(care_said_lock_keys, "The lock keys are set") \
    X(care_said_pin_body, "The token has accepted the new one.") \
    X(care_said_config_body, "The setting was written to the token and read back.") \
    X(care_said_lock, "The token is locked") \
    X(care_said_lock_body, "No code is shown or on the clipboard any more, and tokendeck has forgotten the user PIN.") \
    X(care_said_new_key, "A new key was made") \
    X(care_said_new_key_body, "The old key is gone, and with it what it protected.") \
    X(care_said_reset, "The token was reset") \
    X(care_said_reset_body, "What you should know now:") \
    /* ---- diagnostics ---- */ \
    X(diag_heading, "Diagnostics") \
    X(diag_copy_report, "Copy report") \
    X(check_state, "Reads status, PIN tries and slots") \
    X(check_answer_times, "Answers twenty requests") \
    X(check_pins, "Accepts the PIN") \
    X(check_counter_echo, "Counter-based: receives the test account intact") \
    X(check_counter_read_back, "Counter-based: stores the test account and reads it back unchanged") \
    X(check_counter_codes, "Counter-based: ten codes of RFC 4226") \
    X(check_counter_large, "Counter-based: two codes of RFC 6238 with large counters") \
    X(check_counter_erased, "Counter-based: erases the test account") \
    X(check_clock_set, "Sets its clock to the computer's time") \
    X(check_time_echo, "Time-based: receives the test account intact") \
    X(check_time_read_back, "Time-based: stores the test account and reads it back unchanged") \
    X(check_time_code, "Time-based: the current code") \
    X(check_time_steps, "Time-based: the next two codes, each when it is due (up to a minute)") \
    X(check_clock_rate, "The speed of its clock") \
    X(check_time_erased, "Time-based: erases the test account") \
    X(check_tries_kept, "No PIN has lost a try") \
    X(check_slots_kept, "All accounts are as they were") \
    X(check_not_reached, "not done") /* a step of the check */ \
    X(check_running, "running") /* a step of the check */ \
    X(check_passed, "passed") /* a step of the check */ \
    X(check_failed, "failed") /* a step of the check */ \
    X(check_unclear, "unclear") /* a step of the check */ \
    X(check_skipped, "skipped") /* a step of the check */ \
    X(check_heading, "Check this token") \
    X(check_about_reading, "This token cannot be given a test account now: no slot is free, or its firmware wants a PIN for each change. tokendeck only reads from it, and needs no PIN.") \
    X(check_confirm, "Check") /* a button: starts the check of the token */ \
    X(check_busy, "Checking. Leave the token plugged in.") \
    X(check_cancelling, "Stopping, and erasing the test account.") \
    X(check_stop, "Stop") \
    X(check_summary, "{n} of {all} {all|step|steps} passed, {title} {firmware}, over {via}") \
    X(check_summary_simulated, "{n} of {all} {all|step|steps} passed, {title} {firmware}, simulated") \
    X(check_sound, "The token does what it should. The report holds no secrets, account names or serial numbers.") \
    X(check_unsound, "Not every step passed. The report holds no secrets, account names or serial numbers.") \
    X(check_cancelled, "The check was stopped before its end.") \
    X(check_left, "The test account may still be in {place}") \
    X(check_left_body, "Plug the token in again and remove the account “tokendeck test” on the page Codes.") \
    X(check_about, "tokendeck writes a test account to a free slot of each kind, tries its codes and erases it again. Your accounts are not touched. It takes a minute or two.") \
    X(diag_token, "Token") \
    X(diag_can, "What this firmware can do") \
    X(diag_newest, "Newest known") /* the newest firmware that tokendeck knows */ \
    X(diag_newest_is, "{newest} is the newest known (as of {noted})") \
    X(diag_newest_older, "Newer version: {newest} (as of {noted}). Updates come from the vendor: nitrokey.com") \
    X(diag_newest_ahead, "This is newer than {newest}, the newest known (as of {noted})") \
    X(diag_newest_unknown, "not known for this model") \
    X(diag_brings, "It adds") /* a newer firmware */ \
    X(diag_brings_secret, "secrets of up to {n} {n|byte|bytes}") \
    X(diag_brings_edit, "editing that keeps the secret") \
    X(diag_brings_pin, "one PIN for several codes and writes") \
    X(diag_brings_faults, "{n} fewer known {n|fault|faults}") \
    X(diag_brings_nothing, "nothing that you would notice here") \
    X(diag_takes, "It removes") /* a newer firmware */ \
    X(diag_takes_keys, "codes typed by lock keys") \
    X(diag_takes_slots, "{n} of the TOTP slots") \
    X(diag_clocks, "Clock") \
    X(diag_model, "Model") \
    X(diag_firmware, "Firmware") \
    X(diag_card, "Card serial") \
    X(diag_usb, "USB serial") \
    X(diag_via, "Reached by") /* how the computer talks to the token */ \
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
    X(diag_config_no_keys, "Lock keys type no codes") \
    X(diag_config_ignored, "A lock key is set in its memory, but this firmware ignores it") \
    X(diag_storage, "Volumes and card") \
    X(diag_unencrypted, "Unencrypted") /* the volume */ \
    X(diag_encrypted, "Encrypted") /* the volume */ \
    X(diag_hidden, "Hidden") /* hidden volumes of the storage */ \
    X(diag_volume_open_rw, "open, can be written") \
    X(diag_volume_open_ro, "open, read-only") \
    X(diag_volume_closed, "closed") /* the volume */ \
    X(diag_sd, "SD card") \
    X(diag_sd_new, "new; not yet filled with random data") \
    X(diag_sd_filled, "filled with random data") \
    X(diag_sd_not_filled, "not filled with random data") \
    X(diag_keys, "Keys") /* the AES keys of the storage */ \
    X(diag_keys_made, "made") /* the keys have been generated */ \
    X(diag_keys_missing, "not made yet; volumes and password safe need them") \
    X(diag_card_use, "Smart card") \
    X(diag_card_busy, "in use by another program") \
    X(diag_card_free, "free") /* the smart card: no program is using it */ \
    X(diag_card_unknown, "this firmware does not say") \
    X(diag_lock, "Firmware") /* whether the firmware can still be changed */ \
    X(diag_locked, "locked against reading") \
    X(diag_not_locked, "not locked") \
    X(diag_development, "a development build") \
    X(diag_storage_left, "For information only. Open and close volumes with Nitrokey App.") \
    X(diag_quirks, "Known faults of this firmware") \
    X(diag_edit, "Edit") /* whether a slot can be edited with its secret kept */ \
    X(diag_edit_yes, "keeps the secret") \
    X(diag_edit_no, "not possible with this firmware") \
    X(diag_lock_keys, "Lock keys") \
    X(diag_lock_keys_yes, "can type HOTP 1 to {n}") \
    X(diag_lock_keys_no, "cannot type codes") \
    X(diag_new_pin, "New PINs") \
    X(diag_new_pin_value, "user 6, admin 8 to {n} {n|character|characters}") \
    X(diag_no_answer, "the card did not answer") \
    X(diag_none, "none") /* no lock key types a code */ \
    X(diag_places, "Slots") /* how many slots there are */ \
    X(diag_places_value, "{totp} TOTP, {hotp} HOTP") \
    X(diag_algorithms, "Algorithm") \
    X(diag_digits, "Digits") \
    X(diag_secret, "Secret") \
    X(diag_name, "Name") \
    X(diag_period, "Period") \
    X(diag_bytes_at_most, "up to {n} {n|byte|bytes}") \
    X(diag_seconds_at_most, "up to {n} s") \
    X(diag_computer_time, "This computer") \
    X(diag_clock, "The token") /* the token's clock */ \
    X(diag_clock_unset, "not set yet; the first time-based code sets it") \
    X(diag_clock_set, "Token set at") \
    X(diag_set_ago, "{time}, {ago} ago") \
    X(diag_token_clock, "It shows now") \
    X(diag_token_clock_bounds, "the token does not say; at most {behind} s behind and {ahead} s ahead") \
    X(diag_token_clock_unknown, "the token does not say; how exactly it runs is unknown") \
    X(diag_sync, "Synchronised") /* the computer's clock */ \
    X(diag_sync_yes, "yes") /* the computer's clock is synchronised */ \
    X(diag_sync_within, "yes, within {n} ms") \
    X(diag_sync_no, "no; if it is wrong, codes are wrong, too") \
    X(diag_sync_untold, "this system does not say") \
    X(diag_answer_times, "Answer times") \
    X(diag_nothing_yet, "No exchange with a token yet. Plug one in, or simulate one on the start page: each request and its answer then appears here.") \
    X(diag_percentiles, "half within {p50} ms \xC2\xB7 95 % within {p95} ms \xC2\xB7 99 % within {p99} ms \xC2\xB7 longest {max} ms") \
    X(diag_plot_of, "The last {n} {n|exchange|exchanges}") \
    X(diag_plot_fine, "answered") /* in a diagram: commands that the token answered */ \
    X(diag_plot_refused, "refused") /* in a diagram: commands that the token refused */ \
    X(diag_plot_foreign, "with foreign replies") \
    X(diag_plot_failed, "no answer") \
    X(diag_by_command, "By command") \
    X(diag_column_count, "Count") \
    X(diag_column_longest, "Longest") \
    X(diag_errors, "Errors by kind") \
    X(diag_no_errors, "None since the program started.") \
    X(diag_total, "{n|exchange|exchanges}") \
    X(diag_transport_errors, "transport {n|error|errors}") \
    X(diag_foreign, "foreign {n|reply|replies}") /* replies that another program had asked for */ \
    X(diag_refusals, "{n|refusal|refusals}") \
    X(diag_commands, "Last commands") \
    X(diag_column_command, "Command") \
    X(diag_column_status, "Status") \
    X(diag_column_time, "Time (UTC)") \
    X(diag_column_reads, "Reads") /* how often the answer was asked for; a noun */ \
    X(diag_no_token, "No token in use") \
    X(diag_no_token_body, "Plug one in, or simulate one on the start page. What follows is about the tokens used since the program started.") \
    /* ---- settings ---- */ \
    X(tray_open, "Open tokendeck") \
    X(tray_quit, "Quit") /* a menu entry: ends the program */ \
    X(settings_heading, "Settings") \
    X(settings_theme, "Appearance") /* light or dark */ \
    X(settings_theme_system, "System") /* as the system is set */ \
    X(settings_theme_light, "Light") \
    X(settings_theme_dark, "Dark") \
    X(settings_scale, "Size") /* of everything in the window */ \
    X(settings_scale_body, "100 % is what your screen asks for. Ctrl and +, - or 0 change it anywhere in the window.") \
    X(settings_percent, "{n} %") \
    X(settings_scale_auto, "Automatic") \
    X(settings_motion, "Motion") /* of animations */ \
    X(settings_motion_full, "Full") /* animations are shown */ \
    X(settings_motion_reduced, "Reduced") /* few animations */ \
    X(settings_language, "Language \xC2\xB7 Sprache") \
    X(settings_mask, "Codes on the screen") \
    X(settings_mask_body, "tokendeck hides a copied code after {n} s; you can show it again. \xE2\x80\x9CKeep readable\xE2\x80\x9D leaves it on the screen until it expires.") \
    X(settings_mask_on, "Hide") /* a code after a moment; a verb */ \
    X(settings_mask_off, "Keep readable") /* a code */ \
    X(settings_clipboard, "Clipboard") \
    X(settings_clipboard_body, "tokendeck clears a copied code after {n} s, if it is still on the clipboard. A counter-based code stays on screen for {hotp} s; until then, a second click gives the same one.") \
    X(settings_user_pin, "User PIN") \
    X(settings_user_pin_body, "Where the user PIN protects codes, tokendeck forgets it this long after you typed it, or when you lock or unplug the token.") \
    X(settings_minutes, "{n} min") \
    X(settings_seconds, "{n} s") \
    X(settings_tray, "Tray") /* the part of the desktop's panel with small icons */ \
    X(settings_tray_shown, "tokendeck has an icon in the tray. Its menu copies a code by the account's name.") \
    X(settings_tray_no_tray, "This desktop shows no tray icons, so tokendeck has none. GNOME needs the extension AppIndicator; on other desktops add the tray or status notifier to a panel.") \
    X(settings_tray_no_bus, "tokendeck cannot look for a tray, because this session has no D-Bus session bus. Start it from a desktop session.") \
    X(settings_tray_unknown, "tokendeck is looking for a tray.") \
    X(settings_simulated, "Simulated tokens") \
    X(settings_simulated_body, "For trying things out. Each is kept in a file and protects nothing.") \
    X(settings_plug, "Plug in") /* a button: plugs in a simulated token */ \
    X(settings_kept, "What is kept") \
    X(settings_kept_body, "tokendeck never writes a secret, PIN or code to disk, except in a recovery sheet that you save. It knows which slots were proven only until it ends. It keeps your settings in a text file that you can edit.") \
    X(settings_file, "Settings file") \
    X(settings_wrong, "When tokendeck started, something was wrong with the settings file") \
    X(settings_wrong_file, "tokendeck uses the defaults. What you change here is lost when the program ends.") \
    X(settings_wrong_line, "Line {line} is not a setting and is ignored: \xE2\x80\x9C{found}\xE2\x80\x9D. Write key = value, or # in front of a comment.") \
    X(settings_wrong_key, "Line {line}: this version has no setting \xE2\x80\x9C{key}\xE2\x80\x9D. The line is ignored; check its spelling.") \
    X(settings_wrong_value, "Line {line}: {key} cannot be \xE2\x80\x9C{found}\xE2\x80\x9D, so the default is used: {used}. Allowed: {allowed}.") \
    X(settings_wrong_twice, "Line {line}: {key} is set again. The first line counts: {used}. Remove one of them.") \
    X(settings_wrong_more, "Lines with problems that are not listed here: {n}.") \
    X(settings_about, "One-time passwords on Nitrokey tokens. Apache License 2.0. The fonts are Inter, DejaVu Sans and Font Awesome; the licences of all parts are listed in the source.")
// clang-format on
