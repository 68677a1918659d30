// The main function of every suite. Besides what Catch2 prints it writes, when the run ended as it should, one line
// "passed failed" (test cases) to the file that TOKENDECK_TEST_TOTALS names: tools/test counts by it, and a suite that
// crashed has written none.
#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>
#include <catch2/reporters/catch_reporter_event_listener.hpp>
#include <catch2/reporters/catch_reporter_registrars.hpp>
using ListenerBase = Catch::EventListenerBase;
#else
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
using ListenerBase = Catch::TestEventListenerBase;
#endif

#include <cstdlib>
#include <fstream>

namespace {

class TotalsWriter : public ListenerBase {
  public:
    using ListenerBase::ListenerBase;

    void testRunEnded(const Catch::TestRunStats& run) override {
        ListenerBase::testRunEnded(run);
        if (const char* file = std::getenv("TOKENDECK_TEST_TOTALS")) {
            const auto& cases = run.totals.testCases;
            std::ofstream(file) << cases.passed + cases.failedButOk << ' ' << cases.failed << '\n';
        }
    }
};

CATCH_REGISTER_LISTENER(TotalsWriter)

}  // namespace

// gcc's thread sanitizer does not know fences, by which readerwriterqueue keeps its places apart when they are used
// again, and takes that for a race. What a message carries is still watched: it is handed over by the queue's
// semaphore, which the sanitizer understands.
extern "C" const char* __tsan_default_suppressions() {
    return "race:^moodycamel::ReaderWriterQueue\n";
}

// fontconfig keeps the fonts it has matched in places where the leak sanitizer does not look, until the process ends.
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libfontconfig\n";
}

int main(int argc, char* argv[]) {
    return Catch::Session().run(argc, argv);
}
