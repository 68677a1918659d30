#include "app/pictures.hpp"

#include "desktop/errors.hpp"
#include "state/apply.hpp"
#include "words/texts.hpp"

#include <string>
#include <utility>
#include <variant>

namespace tokendeck::app {

namespace {

state::PictureFailed failed(channel::MessageId id, base::ErrorCode code) {
    return {id, base::Error{code}, false};
}

// Of a chooser: where the desktop's own cannot be had, the folder list does.
state::PictureFailed no_files(channel::MessageId id, desktop::DesktopRequestEnded::Reason reason) {
    using Reason = desktop::DesktopRequestEnded::Reason;
    if (reason == Reason::unreadable) return failed(id, desktop::errors::chooser_unreadable);
    if (reason == Reason::no_answer) return {id, base::Error{desktop::errors::chooser_gone}, true};
    return {id, std::nullopt, reason != Reason::cancelled && reason != Reason::dismissed};
}

state::PictureFailed no_screen(channel::MessageId id, desktop::DesktopRequestEnded::Reason reason) {
    using Reason = desktop::DesktopRequestEnded::Reason;
    switch (reason) {
        case Reason::cancelled: return {id, std::nullopt, false};
        case Reason::absent: return failed(id, desktop::errors::screen_absent);
        case Reason::dismissed:
        case Reason::refused: return failed(id, desktop::errors::screen_refused);
        case Reason::no_answer: return failed(id, desktop::errors::screen_no_answer);
        case Reason::unreadable: break;
    }
    return failed(id, desktop::errors::screen_unreadable);
}

}  // namespace

void Pictures::ask(state::AppState& state, const state::Effect& effect) {
    if (const auto* clipboard = std::get_if<state::TakePictureFromClipboard>(&effect)) {
        begin(state, {clipboard->id, Stage::thread, {}, true});
        if (!thread_.ask(clipboard->id, desktop::PictureThread::From::clipboard))
            finish(state, failed(clipboard->id, desktop::errors::clipboard_unreadable));
    } else if (const auto* screen = std::get_if<state::TakePictureOfScreen>(&effect)) {
        begin(state, {screen->id, Stage::hiding, state.now + hiding_time, false});
        window_.step_aside();
    } else if (const auto* choose = std::get_if<state::ChoosePictures>(&effect)) {
        begin(state, {choose->id, Stage::choosing, {}, false});
        hand_over();
    } else if (const auto* cancel = std::get_if<state::CancelPicture>(&effect)) {
        if (question_ && question_->id == cancel->id) give_up(state);
    }
}

void Pictures::begin(state::AppState& state, Question question) {
    if (question_) give_up(state);
    question_ = question;
}

// To the desktop. What does not fit now is tried again in `turn`.
void Pictures::hand_over() {
    Question& question = *question_;
    if (question.stage == Stage::choosing) {
        desktop::ChooseFiles choose;
        choose.id = question.id;
        if (window_.portal_parent) choose.parent_window = window_.portal_parent();
        choose.title = words::text(words::Key::chooser_title);
        choose.filter_name = words::text(words::Key::chooser_filter);
        choose.several = true;
        question.handed_over = desktop_.send(desktop::DesktopCommand{std::move(choose)});
    } else if (question.stage == Stage::portal) {
        desktop::TakeScreenshot take{question.id, {}};
        if (window_.portal_parent) take.parent_window = window_.portal_parent();
        question.handed_over = desktop_.send(desktop::DesktopCommand{std::move(take)});
    }
}

bool Pictures::turn(state::AppState& state) {
    bool news = false;
    if (question_ && question_->stage == Stage::hiding && state.now >= question_->due) question_->stage = Stage::portal;
    if (question_ && !question_->handed_over && question_->stage != Stage::hiding) hand_over();
    while (auto event = desktop_.take_answer()) {
        handle(state, std::move(*event));
        news = true;
    }
    while (auto answer = thread_.take()) {
        if (!question_ || question_->id != answer->id || question_->stage != Stage::thread) continue;
        news = true;
        if (auto* picture = std::get_if<base::SecretBytes>(&answer->outcome))
            finish(state, state::PictureTaken{answer->id, std::move(*picture)});
        else if (auto* paths = std::get_if<std::vector<std::string>>(&answer->outcome))
            finish(state, state::PicturesChosen{answer->id, std::move(*paths)});
        else finish(state, state::PictureFailed{answer->id, std::get<base::Error>(std::move(answer->outcome)), false});
    }
    return news;
}

void Pictures::handle(state::AppState& state, desktop::DesktopEvent event) {
    const auto is_ours = [&](desktop::DesktopRequestId id) {
        return question_ && question_->id == id &&
               (question_->stage == Stage::portal || question_->stage == Stage::choosing);
    };
    if (auto* taken = std::get_if<desktop::ScreenshotTaken>(&event)) {
        if (is_ours(taken->id)) finish(state, state::PictureTaken{taken->id, std::move(taken->picture)});
    } else if (auto* chosen = std::get_if<desktop::FilesChosen>(&event)) {
        if (is_ours(chosen->id)) finish(state, state::PicturesChosen{chosen->id, std::move(chosen->paths)});
    } else if (const auto* ended = std::get_if<desktop::DesktopRequestEnded>(&event)) {
        if (!is_ours(ended->id)) return;
        if (question_->stage == Stage::choosing) return finish(state, no_files(ended->id, ended->reason));
        // X11 shows the screen to every program, where the desktop's own way fails.
        using Reason = desktop::DesktopRequestEnded::Reason;
        const bool failing = ended->reason == Reason::absent || ended->reason == Reason::dismissed ||
                             ended->reason == Reason::refused || ended->reason == Reason::no_answer;
        if (failing && thread_.ask(ended->id, desktop::PictureThread::From::screen)) {
            question_->stage = Stage::thread;
            return;
        }
        finish(state, no_screen(ended->id, ended->reason));
    }
}

void Pictures::finish(state::AppState& state, state::Intent intent) {
    question_.reset();
    window_.come_back();
    state::apply(state, std::move(intent));
}

void Pictures::give_up(state::AppState& state) {
    const Question question = *question_;
    if (question.stage == Stage::thread) thread_.give_up();
    else if (question.handed_over)
        (void)desktop_.send(desktop::DesktopCommand{desktop::CancelDesktopRequest{question.id}});
    finish(state, state::PictureFailed{question.id, std::nullopt, false});
}

std::optional<base::SteadyTime> Pictures::due() const {
    if (!question_) return std::nullopt;
    if (question_->stage == Stage::hiding) return question_->due;
    if (!question_->handed_over) return base::SteadyTime{};  // at once, as soon as there is room
    return std::nullopt;
}

}  // namespace tokendeck::app
