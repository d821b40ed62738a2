/// Prints, for a page of users as an org answers and for a large one, what reading it costs with module Okta and with
/// what people would otherwise take. All contenders run in turns in one process; times are of the thread's CPU.
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
