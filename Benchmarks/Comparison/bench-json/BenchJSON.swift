/// Prints the cost of reading a page of users of usual size and a large one, with module Okta and with the
/// alternatives. All contenders run in turns in one process. Times are CPU times of the thread.
@main
struct BenchJSON {
    static func main() throws {
        let wantsMemory = CommandLine.arguments.contains("--memory")
        if wantsMemory { return try PeakMemory().run() }
        if CommandLine.arguments.contains("--growth") { return try ReadGrowth().run() }
        for count in [200, 11_500] {
            let page = UserPage(count: count)
            print("\(count) users, \(page.bytes.count / 1000) kB")
            try ReadComparison(page: page).run()
            try WriteComparison(page: page).run()
            try EditComparison(page: page).run()
        }
    }
}
