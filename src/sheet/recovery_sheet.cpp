#include "sheet/recovery_sheet.hpp"

#include "qr/encode.hpp"
#include "sheet/errors.hpp"
#include "sheet/letters.hpp"
#include "sheet/paper_page.hpp"
#include "sheet/script_lines.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace tokendeck::sheet {
namespace {

// What A4 and Letter both have room for, with margins that every printer can do without.
constexpr double left = 15, top = 23.5, width = 180, bottom = top + 250;

constexpr double label_size = 8.5, row_size = 10.5;  // points
constexpr double code_side = 62;
constexpr double notes_line = 9;

// How much smaller names, secret and advice are set, tried one after the other. 13 points become 7 at last.
constexpr double scales[] = {1, 0.85, 0.7, 0.55};

std::string_view name_of(const channel::SheetWords& words, otp::OtpKind kind) {
    return kind == otp::OtpKind::totp ? words.kind_totp : words.kind_hotp;
}

// Goes over the page from top to bottom: first only to measure, then to draw.
class Layout {
  public:
    Layout(PaperPage& page, ScriptLines& scripts, const Account& account, const channel::SheetFacts& facts,
           const qr::Matrix& matrix)
        : page_(page), scripts_(scripts), account_(account), facts_(facts), words_(facts.words), matrix_(matrix) {}

    // Where the page ends.
    double run(double scale, bool draw) {
        scale_ = scale;
        draw_ = draw;
        y_ = top;
        heading();
        names();
        code_and_facts();
        secret();
        advice();
        notes();
        return y_;
    }

  private:
    enum class Look : std::uint8_t { plain, grey, bold };

    // Moves down by what was set, lines below one another. Returns how far.
    double paragraph(double x, double y, double line_width, double size, Look look, std::string_view utf8) {
        const double line_height = size * mm_per_point * 1.3;
        double below = y;
        const std::u32string letters = page_.showable(utf8);
        if (!page_.has_all(utf8) || std::ranges::any_of(letters, ScriptLines::needs)) {
            for (const ScriptLine& line : scripts_.of(utf8, line_width, size)) {
                if (draw_) page_.picture(x, below + size * mm_per_point, size, line);
                below += line_height;
            }
            if (below > y) return below - y;
        }
        for (const auto& line : wrapped(letters, line_width, [&](char32_t c) { return page_.width(c, size); })) {
            const double base_line = below + size * mm_per_point;
            if (draw_ && look == Look::bold) page_.bold_text(x, base_line, size, line);
            else if (draw_) page_.text(x, base_line, size, look == Look::grey ? Ink::grey : Ink::black, line);
            below += line_height;
        }
        return below - y;
    }

    void heading() {
        y_ += paragraph(left, y_, width, 22, Look::bold, words_.title) + 1;
        if (draw_) page_.line(left, y_, width);
        y_ += 4;
    }

    void names() {
        const auto name = [&](std::string_view label, std::string_view value, double size) {
            if (value.empty()) return;
            y_ += paragraph(left, y_, width, label_size, Look::grey, label);
            y_ += paragraph(left, y_, width, size * scale_, Look::plain, value) + 1.5;
        };
        name(words_.issuer, account_.issuer, 16);
        name(words_.account, account_.account, 13);
    }

    void code_and_facts() {
        // The quiet zone is paper on the left; on the other sides it is left free here.
        const double quiet = code_side / matrix_.side * 4;
        const double code_top = y_ + std::max(quiet, 4.0);
        if (draw_) page_.code(left, code_top, code_side, matrix_);
        double code_end = code_top + code_side + quiet;
        code_end += paragraph(left, code_end, code_side, label_size, Look::grey, words_.scan);

        const double column = left + code_side + std::max(quiet, 10.0);
        constexpr double label_width = 34;
        double y = code_top;
        const auto row = [&](std::string_view label, std::string_view value) {
            if (value.empty()) return;
            if (y > code_top && draw_) page_.line(column, y, left + width - column);
            y += 1.6;
            const double label_height =
                paragraph(column, y + 0.6, label_width - 2, label_size, Look::grey, label) + 0.6;
            const double value_height =
                paragraph(column + label_width, y, left + width - column - label_width, row_size, Look::plain, value);
            y += std::max(label_height, value_height) + 1.6;
        };
        const otp::OtpParameters& parameters = account_.parameters;
        row(words_.kind, name_of(words_, parameters.kind));
        row(words_.algorithm, otp::name(parameters.algorithm));
        row(words_.digits, std::to_string(parameters.digits));
        if (parameters.kind == otp::OtpKind::totp) row(words_.period, std::to_string(parameters.period) + " s");
        else row(words_.counter, std::to_string(parameters.counter));
        row(words_.token, facts_.token);
        row(words_.slot, account_.slot.empty() ? facts_.slot : account_.slot);
        row(words_.date, facts_.date);
        y_ = std::max(code_end, y) + 4;
    }

    // Groups of four below one another, so that they are easy to count and to compare, and a line as one text, so that
    // a reader of the file copies it as it is printed. Four groups a line, so that a usual secret is two lines; a
    // longer one than tokens hold takes the width there is.
    void secret() {
        constexpr std::size_t group = 4;
        const double size = 18 * scale_, line_height = 9.5 * scale_;
        const std::string_view letters = account_.base32.view();
        const auto letters_at_most = static_cast<std::size_t>(width / PaperPage::secret_letter_width(size));
        const std::size_t groups_a_line = letters.size() <= 64 ? 4 : (letters_at_most + 1) / (group + 1);
        y_ += paragraph(left, y_, width, label_size, Look::grey, words_.secret) + 0.5;
        for (std::size_t i = 0; i < letters.size(); i += group * groups_a_line) {
            y_ += line_height;
            if (!draw_) continue;
            base::SecretText line;
            const std::string_view of_line = letters.substr(i, group * groups_a_line);
            for (std::size_t j = 0; j < of_line.size(); j += group) {
                if (j > 0) line.push_back(' ');
                line.append(of_line.substr(j, group));
            }
            page_.secret_line(left, y_ - 1.5 * scale_, size, line);
        }
        y_ += 5;
    }

    void advice() {
        if (words_.advice.empty()) return;
        constexpr double padding = 4;
        const double start = y_;
        const auto content = [&] {
            double y = start + padding;
            y += paragraph(left + padding, y, width - 2 * padding, 10.5 * scale_, Look::bold, words_.advice_title) + 1;
            for (const std::string& sentence : words_.advice) {
                constexpr double indent = 4;
                const double size = 9.5 * scale_;
                (void)paragraph(left + padding, y, indent, size, Look::plain, "\xE2\x80\xA2");  // a bullet
                y += paragraph(left + padding + indent, y, width - 2 * padding - indent, size, Look::plain, sentence) +
                     0.8;
            }
            return y - 0.8 + padding;
        };
        if (draw_) {
            draw_ = false;
            const double end = content();
            draw_ = true;
            page_.box(left, start, width, end - start);
        }
        y_ = content() + 5;
    }

    // One line at least; up to three where there is room.
    void notes() {
        y_ += paragraph(left, y_, width, label_size, Look::grey, words_.notes);
        int lines = 0;
        do {
            y_ += notes_line;
            if (draw_) page_.line(left, y_, width);
        } while (++lines < 3 && y_ + notes_line <= bottom);
    }

    PaperPage& page_;
    ScriptLines& scripts_;
    const Account& account_;
    const channel::SheetFacts& facts_;
    const channel::SheetWords& words_;
    const qr::Matrix& matrix_;
    double scale_ = 1;
    bool draw_ = false;
    double y_ = top;
};

}  // namespace

base::Result<base::SecretBytes> recovery_sheets(std::span<const Account> accounts, const channel::SheetFacts& facts) {
    PaperPage canvas;
    ScriptLines scripts;
    for (const Account& account : accounts) {
        auto matrix = qr::encode(account.uri.view());
        if (!matrix) return std::move(matrix).error();
        canvas.new_page();
        if (const auto failed = canvas.problem()) return *failed;
        Layout layout(canvas, scripts, account, facts, matrix.value());
        const auto* const scale =
            std::ranges::find_if(scales, [&](double one) { return layout.run(one, false) <= bottom; });
        if (scale == std::end(scales)) return base::Error{errors::too_much_text};
        (void)layout.run(*scale, true);
    }
    return canvas.take();
}

base::Result<base::SecretBytes> recovery_sheet(const Account& account, const channel::SheetFacts& facts) {
    return recovery_sheets({&account, 1}, facts);
}

}  // namespace tokendeck::sheet
