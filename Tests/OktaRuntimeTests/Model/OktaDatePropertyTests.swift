import OktaRuntime
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("OktaDate: random dates", .longCalculation)
struct OktaDatePropertyTests {
    /// The years 0 to 9999, in milliseconds from 1970.
    private static let allYears = -62_167_219_200_000...253_402_300_799_999
    /// The years 1600 to 9999, for which every available calendar is Gregorian.
    private static let recentYears = -11_676_096_000_000...253_402_300_799_999

    private static func date(_ milliseconds: Int) -> Date {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    @Test("Date: a written date reads back", arguments: 0..<4)
    func writtenDateReadsBack(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(30_000 + seed))
        for _ in 0..<1000 {
            let milliseconds = Int.random(in: Self.allYears, using: &random)
            let text = try #require(OktaDate.text(Self.date(milliseconds)))
            let read = try #require(OktaDate.parse(text), "\(text)")
            #expect(Int((read.timeIntervalSince1970 * 1000).rounded()) == milliseconds, "\(text)")
            #expect(OktaDate.text(read) == text)
        }
    }

    @Test("Date: agrees with Foundation", arguments: 0..<4)
    func agreesWithFoundation(seed: Int) throws {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        var random = SplitMix64(seed: UInt64(31_000 + seed))
        for _ in 0..<500 {
            // Quarters of a second are exact, so no rounding can differ.
            let milliseconds = Int.random(in: Self.recentYears, using: &random) / 250 * 250
            let date = Self.date(milliseconds)
            let text = date.formatted(style)
            #expect(OktaDate.text(date) == text)
            let read = try #require(OktaDate.parse(text))
            #expect(read == date, "\(text)")
            #expect(try read == style.parse(text), "\(text)")
        }
    }

    @Test("Date: offsets shift the time", arguments: 0..<4)
    func offsetsShiftTheTime(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(32_000 + seed))
        for _ in 0..<500 {
            let minutes = Int.random(in: -1439...1439, using: &random)
            let milliseconds = Int.random(in: Self.recentYears, using: &random) / 1000 * 1000
            let local = try #require(OktaDate.text(Self.date(milliseconds)))
            let digits = [abs(minutes) / 60, abs(minutes) % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
            let offset = (minutes < 0 ? "-" : "+") + digits.joined(separator: random.oneIn(2) ? ":" : "")
            let read = try #require(OktaDate.parse(local.dropLast() + offset), "\(offset)")
            #expect(read == Self.date(milliseconds - minutes * 60_000), "\(local) \(offset)")
        }
    }

    /// All forms of an instant read as that instant. They differ in the separator between date and time, the zone, the
    /// number of digits of the fraction, and Java's order of the parts.
    @Test("Date: every form of an instant is read", arguments: 0..<4)
    func everyFormOfAnInstantIsRead(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(34_000 + seed))
        let zones = [
            "", "Z", " Z", " UTC", " GMT", " +0000 UTC", " +0000", "+00:00", " -0000 GMT", " GMT+00:00", " +00:00 WET",
        ]
        for _ in 0..<500 {
            let date = Self.date(Int.random(in: Self.allYears, using: &random) / 1000 * 1000)
            let text = try #require(OktaDate.text(date)).dropLast(5)
            let fraction = random.pick(["", ".0", ".00", ".000", ".000000000"], or: "")
            let separator = random.pick(["T", " "], or: "T")
            let form = text.prefix(10) + separator + text.dropFirst(11) + fraction + random.pick(zones, or: "")
            #expect(OktaDate.parse(String(form)) == date, "\(form)")
            let java = try Self.javaText(date, zone: random.pick(["", " UTC", " GMT", " Z", " GMT-00:00"], or: ""))
            #expect(OktaDate.parse(java) == date, "\(java)")
        }
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

    /// Returns a date in the format of `java.util.Date`.
    private static func javaText(_ date: Date, zone: String) throws -> String {
        let text = try #require(OktaDate.text(date))
        let parts = text.prefix(10).split(separator: "-")
        let days = Int((date.timeIntervalSince1970 / 86_400).rounded(.down))
        let weekday = weekdays[((days % 7) + 7) % 7]
        let month = months[try #require(Int(parts[1])) - 1]
        return "\(weekday) \(month) \(parts[2]) \(text.dropFirst(11).prefix(8))\(zone) \(parts[0])"
    }

    @Test("Date: every day follows the previous one") func everyDayFollowsTheOneBefore() throws {
        // The calendar repeats after four centuries.
        var previous = try #require(OktaDate.parse("1999-12-31"))
        var days = 0
        for year in 2000..<2400 {
            for month in 1...12 {
                for day in 1...31 {
                    let digits = [month, day].map { $0 < 10 ? "0\($0)" : "\($0)" }
                    let text = "\(year)-\(digits[0])-\(digits[1])"
                    guard let date = OktaDate.parse(text) else { continue }
                    if date.timeIntervalSince(previous) != 86_400 { Issue.record("\(text) is not the day after") }
                    if OktaDate.text(date) != text + "T00:00:00.000Z" { Issue.record("\(text) is written otherwise") }
                    previous = date
                    days += 1
                }
            }
        }
        #expect(days == 146_097)
    }

    @Test("Date: a damaged text never traps", arguments: 0..<4)
    func damagedTextNeverTraps(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(33_000 + seed))
        var refused = 0
        for _ in 0..<2000 {
            let form = random.pick(["2024-02-29T12:30:00.250+02:00", "2024-02-29 12:30:00 +0000 UTC"], or: "")
            var bytes = Array(form.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let position = Int.random(in: bytes.indices, using: &random)
                bytes[position] =
                    random.oneIn(3)
                    ? UInt8.random(in: 0...127, using: &random)
                    : random.pick(Array("0123456789-:.TZ+".utf8), or: 0)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            guard let date = OktaDate.parse(text) else {
                refused += 1
                continue
            }
            // An accepted text has the form of a date, and is a day of the calendar.
            let shape = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z| Z| ?(UTC|GMT)?[+-]\d\d:?\d\d( [A-Z]+)?)?/
            #expect(text.wholeMatch(of: shape) != nil, "\(text)")
            #expect(abs(date.timeIntervalSince1970) < 400_000_000_000)
        }
        #expect(refused > 0)
        #expect(refused < 2000)
    }
}
