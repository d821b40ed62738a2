import Foundation
import OktaCommand
import OktaRuntime
import Testing

@Suite("Limits")
struct LimitTests {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    private func limit(_ remaining: Int, of limit: Int = 600, resetIn seconds: Double = 30) -> RateLimit {
        RateLimit(limit: limit, remaining: remaining, reset: now.addingTimeInterval(seconds))
    }

    @Test("Limit book: the lowest remainder counts in a window, a later window replaces it, an ended one is full")
    func book() {
        let book = LimitBook()
        func remaining(at seconds: Double = 0) -> Int? {
            book.entries(at: now.addingTimeInterval(seconds)).first?.limit.remaining
        }
        book.note(limit(500), bucket: "GET /a")
        book.note(limit(480), bucket: "GET /a")
        book.note(limit(490), bucket: "GET /a")
        #expect(remaining() == 480)
        book.note(limit(599, resetIn: 90), bucket: "GET /a")
        book.note(limit(470), bucket: "GET /a")
        #expect(remaining() == 599)
        #expect(remaining(at: 91) == 600)
        book.note(limit(1, of: 2), bucket: "GET /0")
        #expect(book.entries(at: now).map(\.bucket) == ["GET /0", "GET /a"])
        #expect(book.entries(at: now).first?.used == 0.5)
    }

    @Test("Limit bars: each line fits the terminal, and is filled in proportion to use", arguments: [40, 60, 80, 200])
    func bars(_ columns: Int) {
        let book = LimitBook()
        for (index, remaining) in [600, 300, 60, 0].enumerated() {
            book.note(limit(remaining), bucket: "GET /api/v1/a-rather-long-path/{}/of/number-\(index)")
        }
        let lines = LimitBars(columns: columns, usesColor: false).lines(book.entries(at: now), at: now)
        #expect(lines.count == 4)
        #expect(lines.allSatisfy { $0.count <= columns }, "\(lines)")
        let filled = lines.map { line in line.count { $0 == "█" } }
        #expect(filled[0] == 0 && filled == filled.sorted() && !lines[3].contains("░"))
        let colored = LimitBars(columns: columns, usesColor: true).lines(book.entries(at: now), at: now)
        #expect(colored[0].contains("\u{1B}[32m") && colored[3].contains("\u{1B}[31m"))
    }
}
