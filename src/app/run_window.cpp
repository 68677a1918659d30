// The window's side of the program: the loop that sleeps until something changes, and then draws.
#include "app/run_window.hpp"
#include <charconv>
#include "app/desktop_link.hpp"
#include "app/letterings.hpp"
#include "app/pictures.hpp"
#include "app/settings_link.hpp"
#include "app/ui_map.hpp"
#include "base/clock.hpp"
#include "base/paths.hpp"
#include "base/version.hpp"
#include "cli/end_limit.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/system.hpp"
#include "desktop/file_opener.hpp"
#include "desktop/single_instance.hpp"
#include "desktop/theme.hpp"
#include "engine/engine.hpp"
#include "settings/data_folder.hpp"
#include "settings/settings_file_writer.hpp"
#include "state/apply.hpp"
#include "ui/settings_problems.hpp"
#include "ui/ui.hpp"
#include "window/frame_times.hpp"
#include "window/textures.hpp"
#include "window/window.hpp"
#include "words/system_language.hpp"
#include "words/words.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tokendeck::app {

namespace {

// Dear ImGui needs one frame to see an input, one to act on it, and one for sizes and focus to settle.
constexpr int frames_to_settle = 3;
// How soon a message that did not fit into a mailbox is offered again.
constexpr base::Milliseconds full_mailbox_retry{20};
// How long the first start may take to answer a second one.
constexpr base::Milliseconds claim_limit{2'000};

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

engine::EngineOptions engine_options() {
    engine::EngineOptions options;
    options.hidapi = environment("TOKENDECK_NO_USB") != "1";
    options.simulate_control = environment("TOKENDECK_SIMULATE_CONTROL");
    return options;
}

// TOKENDECK_THEME, for tests and screenshots, replaces the desktop's preference.
bool desktop_is_dark() {
    const std::string wanted = environment("TOKENDECK_THEME");
    if (wanted == "dark" || wanted == "light") return wanted == "dark";
    return desktop::desktop_prefers_dark();
}

// TOKENDECK_SCALE, for tests and screenshots, replaces the screen's own scale.
std::optional<float> forced_scale() {
    const std::string text = environment("TOKENDECK_SCALE");
    if (text.empty()) return std::nullopt;
    float value = 0.0F;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size() || !(value >= 0.5F && value <= 4.0F)) {
        cli::write_error("TOKENDECK_SCALE is " + cli::in_quotes(text) + "; it has to be a number from 0.5 to 4");
        return std::nullopt;
    }
    return value;
}

// One sentence: what is missing, and what to type.
std::string no_window_text(const window::WindowProblem& problem, const std::string& typed_as) {
    const std::string cause = problem.detail.empty() ? "" : " (" + problem.detail + ")";
    if (problem.kind == window::WindowProblem::Kind::no_graphics) {
        return "the graphics driver offers no OpenGL 3.2" + cause +
#if defined(__linux__)
               "; on Debian or Ubuntu type \"sudo apt-get install libgl1 libgl1-mesa-dri\" and start again,"
#else
               "; install the driver of your graphics card and start again,"
#endif
               " or use the command line: " +
               typed_as + " --help";
    }
    return "there is no graphical session to open a window in" + cause +
           "; start tokendeck from a desktop, or use the command line: " + typed_as + " --help";
}

// What the layout of the window depends on. When time alone changes one of these, a single frame is not enough.
struct Layout {
    state::Screen screen;
    bool code;
    bool loan;
    bool notice;
    friend bool operator==(const Layout&, const Layout&) = default;
};

Layout layout_of(const state::AppState& state) {
    return {state.screen, state.shown.has_value(), state.clipboard.has_value(), state.notice.has_value()};
}

class Program {
  public:
    Program(const cli::Options& options, window::Window& window, settings::SettingsRead settings, bool desktop_dark,
            std::unique_ptr<desktop::InstanceHold> hold)
        : window_(window),
          desktop_dark_(desktop_dark),
          keeps_model_(!options.simulate),
          settings_read_(std::move(settings)),
          geometry_(geometry_of(settings_read_.values)),
          keeper_(window.opened_as()),
          settings_path_(settings::settings_path()),
          settings_file_(settings_path_, settings_read_, window::Window::wake),
          desktop_(
              std::move(hold), [&window] { window.raise(); }, window::Window::wake),
          pictures_({[&window] { window.step_aside(window::Window::Aside::reachable); },
                     [&window] { window.come_back(); }, [&window] { return window.portal_parent(); }},
                    desktop_, window.pictures(), window::Window::wake),
          letterings_(lettering::system_letterer, window::texture_store(window.gl()), window::Window::wake),
          engine_(engine_options(), window::Window::wake) {
        for (const std::string& line : ui::settings_problem_lines(settings_read_.problems))
            cli::write_error("settings: " + line);
        take_settings(settings_read_.values, state_.settings);
        state_.diagnostics.program = "tokendeck " + std::string(base::version);
        state_.diagnostics.system = cli::system_name();
        if (!options.ui_map.empty()) ui_map_.emplace(options.ui_map);
        const cli::Simulate simulate = options.simulate.value_or(cli::Simulate{settings_read_.values.simulated_model});
        state_.settings.simulated_model = simulate.model;
        state_.settings.simulated_file =
            simulate.file.empty() ? settings::default_simulated_file(simulate.model) : simulate.file;
        state_.settings.simulated_models = simulated_models(simulate);
        words::set_language(wants_language(state_.settings.language, system_language_));
        pass_time();
        state::apply(state_, state::Intent{state::SettingsFileRead{settings_read_.problems}});
        if (options.simulate) state::apply(state_, state::Intent{state::StartSimulated{}});
    }

    void run() {
        window_.on_forced_redraw([this] { draw(); });
        // On Wayland the first picture makes the window appear, which has to be wanted before.
        if (window::Window::system() == desktop::WindowSystem::wayland) window_.show();
        draw();
        window_.show();
        while (!over()) {
            const std::optional<base::SteadyTime> changes_at = next_change();
            sleep_until(changes_at);
            times_.wakes();
            const Layout before = layout_of(state_);
            pass_time();
            bool told = engine_.exchange(state_);
            told = desktop_.turn(state_) || told;
            told = pictures_.turn(state_) || told;
            for (desktop::FileOpener::Failed& failed : opener_.turn(state_.now)) {
                tell_not_opened(std::move(failed));
                told = true;
            }
            told = letterings_.turn() || told;
            if (letterings_.take_dropped()) window_.forget_painted();
            if (auto program = window_.clipboard().take_return()) {
                state::apply(state_, state::Intent{state::CodeCameBack{std::move(*program)}});
                told = true;
            }
            if (window_.clipboard().take_replaced()) {
                state::apply(state_, state::Intent{state::ClipboardReplaced{}});
                told = true;
            }
            if (desktop_.take_forget()) memory_.wipe();
            const bool touched = window_.take_touched();
            take_dropped();
            take_scale_wishes();
            if (told || touched || layout_of(state_) != before) frames_due_ = frames_to_settle;
            else if (changes_at && state_.now >= *changes_at) frames_due_ = std::max(frames_due_, 1);
            if (frames_due_ > 0) {
                // A minimised window is drawn when it comes back, which counts as a touch.
                if (window_.drawable()) {
                    draw();
                } else {
                    frames_due_ = 0;
                    redraw_within_.reset();
                }
            }
            act();
            keep_geometry(false);
            keep_settings();
            const window::Window::Slow slow = window_.take_slow();
            const bool first = frames_ <= 2 * frames_to_settle;
            times_.sleeps(slow.swapping, slow.fonts ? 'f' : (slow.shown ? 'w' : (first ? 's' : '-')));
        }
        times_.write();
    }

    // The window is hidden while a token finishes its current command.
    void end() {
        cli::end_in_time(cli::Exit::done, cli::LateEnd::told);
        window_.on_forced_redraw({});
        keep_geometry(true);
        keep_settings();
        memory_.wipe();
        state::shut_down(state_);
        act();
        window_.hide();
        window_.look();
    }

  private:
    // The window is closed at once, but a code that was just copied can still be pasted for its time: the program goes
    // on without a window until then. A second start brings the window back.
    bool over() {
        if (desktop_.quit()) return true;
        if (window_.take_closing()) {
            state::apply(state_, state::Intent{state::AskToClose{}});
            frames_due_ = frames_to_settle;
        }
        if (!state_.may_close) return false;
        const bool brought_back = serving_ && !window_.aside();
        if (brought_back) {
            serving_ = state_.may_close = false;
            frames_due_ = frames_to_settle;
            return false;
        }
        if (!state_.clipboard || state_.clipboard->kept) return true;
        if (serving_) return false;
        serving_ = true;
        memory_.wipe();
        state::apply(state_, state::Intent{state::LeaveAll{}});
        act();
        window_.step_aside(
            window::Window::Aside::gone);  // last: a question for a picture that is given up brings the window back
        return false;
    }

    void keep_settings() {
        settings::SettingsValues values = settings_read_.values;
        give_settings(state_.settings, values);
        give_geometry(geometry_, values);
        if (!keeps_model_) values.simulated_model = settings_read_.values.simulated_model;
        settings_file_.keep(values);
        settings_file_.hand_over();
        if (auto failure = settings_file_.take_failure()) {
            cli::write_error(words::sentences(words::describe(*failure)));
            state::apply(state_, state::Intent{state::SettingsNotKept{std::move(*failure)}});
            frames_due_ = frames_to_settle;
        }
    }

    void keep_geometry(bool at_once) {
        if (window_.take_moved()) keeper_.moved(window_.geometry(), clock_.steady());
        if (const auto geometry = keeper_.take(clock_.steady(), at_once)) geometry_ = *geometry;
    }

    void pass_time() { state::tick(state_, clock_.steady(), clock_.unix_time()); }

    std::optional<base::SteadyTime> next_change() const {
        std::optional<base::Milliseconds> wait = state::time_to_next_change(state_);
        const auto at_latest = [&](base::Milliseconds limit) { wait = wait ? std::min(*wait, limit) : limit; };
        if (redraw_within_) at_latest(*redraw_within_);
        for (const auto moment : {keeper_.rests_at(), pictures_.due(), opener_.due()}) {
            if (moment)
                at_latest(std::max(std::chrono::ceil<base::Milliseconds>(*moment - state_.now), base::Milliseconds{0}));
        }
        if (!wait) return std::nullopt;
        return state_.now + *wait;
    }

    void sleep_until(std::optional<base::SteadyTime> moment) {
        if (frames_due_ > 0) return window_.look();
        std::optional<base::Milliseconds> longest;
        if (moment) longest = std::chrono::ceil<base::Milliseconds>(*moment - clock_.steady());
        const bool retry = !state_.outbox.device.empty() || !state_.outbox.crypto.empty() ||
                           (ui_map_ && ui_map_->waiting()) || settings_file_.waiting() || desktop_.waiting();
        if (retry) longest = longest ? std::min(*longest, full_mailbox_retry) : full_mailbox_retry;
        if (longest && longest->count() <= 0) return window_.look();
        window_.wait(longest);
    }

    void take_dropped() {
        window_.refuse_drops(!state::takes_accounts(state_));
        if (const channel::Drag now = window_.drag(); now != std::exchange(drag_, now)) frames_due_ = frames_to_settle;
        while (auto dropped = window_.take_dropped()) {
            std::visit([this](auto& content) { read(std::move(content)); }, *dropped);
            frames_due_ = frames_to_settle;
        }
    }
    void read(std::vector<std::string> paths) {
        state::apply(state_, state::Intent{state::ReadFiles{std::move(paths)}});
    }
    void read(base::SecretBytes picture) {
        state::apply(state_, state::Intent{state::ReadPicture{std::move(picture)}});
    }
    void read(base::SecretText text) { state::apply(state_, state::Intent{state::PasteText{std::move(text), true}}); }
    void read(base::Error error) { state::apply(state_, state::Intent{state::DropFailed{std::move(error)}}); }

    void take_scale_wishes() {
        for (const state::ScaleWish wish : window_.take_scale_wishes()) {
            const std::optional<int> next = state::next_scale(state_.settings.scale_percent, wish);
            if (wish == state::ScaleWish::larger && !window_.has_room_for(next)) continue;
            state::apply(state_, state::Intent{state::SetScale{next}});
        }
    }

    void draw() {
        words::set_language(wants_language(state_.settings.language, system_language_));
        window_.set_scale_percent(state_.settings.scale_percent);
        const bool dark = wants_dark(state_.settings.theme, desktop_.dark().value_or(desktop_dark_));
        window_.set_dark(dark);
        ui::FrameResult result;
        letterings_.begin_frame();
        window_.draw([&] {
            ui::FrameInfo info;
            info.scale = window_.scale();
            info.dark = dark;
            info.reduced_motion = wants_reduced_motion(state_.settings.motion, desktop_.reduced_motion());
            info.drag = drag_;
            info.files_only = window_.files_only();
            info.version = base::version.data();
            info.settings_file = settings_path_.c_str();
            info.lettering = &letterings_;
            info.can_enlarge =
                window_.has_room_for(state::next_scale(state_.settings.scale_percent, state::ScaleWish::larger));
            result = ui::draw(state_, intents_, memory_, items_, window_.painter(), info);
        });
        redraw_within_ = result.redraw_within;
        ++frames_;
        frames_due_ = std::max(frames_due_ - 1, 0);
        if (window_.input_waiting()) frames_due_ = frames_to_settle;
        if (ui_map_) {
            ui_map_->show({state::screen_name(state_), window_.width(), window_.height(), items_.items()}, frames_);
        }
    }

    void tell_not_opened(desktop::FileOpener::Failed failed) {
        state::apply(state_, state::Intent{state::SheetHandedOver{failed.id, std::move(failed.error)}});
    }

    // Wishes of the last frame, what leaves main, and what is done to the clipboard.
    void act() {
        for (state::Intent& intent : intents_.take()) {
            state::apply(state_, std::move(intent));
            frames_due_ = frames_to_settle;
        }
        if (engine_.exchange(state_)) frames_due_ = frames_to_settle;
        while (!state_.outbox.effects.empty()) {
            state::Effect effect = std::move(state_.outbox.effects.front());
            state_.outbox.effects.pop_front();
            if (auto* put = std::get_if<state::PutOnClipboard>(&effect)) {
                if (put->lent) window_.clipboard().lend(std::move(put->text));
                else window_.clipboard().copy(put->text.c_str());
            } else if (std::holds_alternative<state::ClearClipboardIfOurs>(effect)) window_.clipboard().take_back();
            else if (auto* other = std::get_if<state::ExchangeClipboardIfOurs>(&effect))
                window_.clipboard().exchange(std::move(other->text));
            else if (const auto* open = std::get_if<state::OpenFile>(&effect)) {
                if (auto failed = opener_.open(open->id, open->path, state_.now)) tell_not_opened(std::move(*failed));
            } else if (auto* print = std::get_if<state::PrintFile>(&effect))
                desktop_.print({print->id, print->path, base::last_name(print->path), window_.portal_parent()});
            else {
                pictures_.ask(state_, effect);
                frames_due_ = frames_to_settle;
            }
        }
        if (ui_map_) ui_map_->hand_over();
    }

    window::Window& window_;
    const bool desktop_dark_;
    const words::Language system_language_ = words::system_language();
    const bool keeps_model_;  // not with --simulate, which is for one run
    const settings::SettingsRead settings_read_;
    window::WindowGeometry geometry_;  // to be kept
    window::GeometryKeeper keeper_;
    const std::string settings_path_;
    settings::SettingsFile settings_file_;
    base::SystemClock clock_{};
    state::AppState state_{};
    state::Intents intents_{};
    ui::UiMemory memory_{};
    ui::ItemMap items_{};
    std::optional<UiMapFile> ui_map_{};
    channel::Drag drag_ = channel::Drag::none;
    std::optional<base::Milliseconds> redraw_within_{};
    bool serving_ = false;  // the window is closed, and the code on the clipboard still has time
    std::uint64_t frames_ = 0;
    window::FrameTimes times_{};
    int frames_due_ = frames_to_settle;
    DesktopLink desktop_;
    Pictures pictures_;
    desktop::FileOpener opener_{};
    Letterings letterings_;
    engine::Engine engine_;  // last, so that its threads end before anything that they could still wake
};

}  // namespace

cli::Exit run_window(const cli::Options& options) {
    // A window of its own for whoever tries something out or tests; else one a session.
    const bool by_itself = options.simulate || !options.ui_map.empty();
    desktop::Claim claim = by_itself ? desktop::Claim{} : desktop::claim_instance(claim_limit);
    if (claim.start == desktop::Claim::Start::second) return cli::Exit::done;
    if (claim.start == desktop::Claim::Start::first_silent) {
        (void)std::fprintf(stderr,
                           "tokendeck: it is running already, and does not answer. End that one, then start again.\n");
        return cli::Exit::failed;
    }
    const bool desktop_dark = desktop_is_dark();
    settings::SettingsRead settings = settings::read_settings(settings::settings_path());
    state::Settings wished;
    take_settings(settings.values, wished);
    window::WindowProblem problem;
    const std::unique_ptr<window::Window> window = window::Window::open(
        {wants_dark(wished.theme, desktop_dark), forced_scale(), wished.scale_percent, geometry_of(settings.values)},
        problem);
    if (!window) {
        cli::write_error(no_window_text(problem, options.typed_as));
        return cli::Exit::failed;
    }
    Program program(options, *window, std::move(settings), desktop_dark, std::move(claim.hold));
    program.run();
    program.end();
    return cli::Exit::done;
}

}  // namespace tokendeck::app
