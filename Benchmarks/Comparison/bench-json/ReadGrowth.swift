import Foundation

/// The growth of the time to parse a page and to read ten fields of each user: prints users and microseconds.
struct ReadGrowth {
    func run() throws {
        for count in [10, 100, 1000, 10_000, 100_000] {
            let bytes = UserPage(count: count).bytes
            let seconds = try Rounds(ways: [("okta", { try TenFields.okta(bytes) })]).seconds()
            if let time = seconds["okta"] { print(count, time * 1e6) }
        }
    }
}
