import OktaRuntime
import Testing

@Suite struct OktaDurationTests {
    @Test(
        "Duration: fixed lengths are read",
        arguments: [
            ("PT1H", 3600), ("PT0S", 0), ("P30D", 30 * 86_400), ("P2W", 14 * 86_400), ("P1DT2H3M4S", 93_784),
            ("PT90M", 5400),
        ])
    func fixedLengthsAreRead(text: String, seconds: Int) {
        #expect(OktaDuration(rawValue: text).duration == .seconds(seconds))
    }

    @Test("Duration: years and months have no fixed length") func yearsAndMonthsHaveNoFixedLength() {
        let duration = OktaDuration(rawValue: "P1Y2M10DT2H")
        #expect(duration.duration == nil)
        var expected = OktaDuration.Components()
        (expected.years, expected.months, expected.days, expected.hours) = (1, 2, 10, 2)
        #expect(duration.components == expected)
    }

    @Test(
        "Duration: other texts are kept but have no duration",
        arguments: [
            "", "P", "PT", "1H", "PT1", "P1H", "PT1D", "PT1M1H", "PT1H1H", "P1DT", "P1.5D", "PT-1H", " PT1H", "pt1h",
            "PT99999999999999999999H", "P1Q", "PTT1H",
        ])
    func otherTextsAreKeptButHaveNoDuration(text: String) {
        let duration = OktaDuration(rawValue: text)
        #expect(duration.components == nil)
        #expect(duration.duration == nil)
        #expect(duration.json.string == text)
    }

    @Test("Duration: a value that is too long has no duration") func tooLongForADuration() {
        #expect(OktaDuration(rawValue: "PT\(Int.max)H").duration == nil)
        #expect(OktaDuration(rawValue: "PT\(Int.max)S").duration == .seconds(Int.max))
    }

    @Test("Duration: a written duration reads back") func writtenDurationReadsBack() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<2000 {
            let seconds = Int(random.next() % 10_000_000)
            let duration = OktaDuration(.seconds(seconds))
            #expect(duration.duration == .seconds(seconds), "\(duration)")
        }
        #expect(OktaDuration(.milliseconds(1999)).rawValue == "PT1S")
        #expect(OktaDuration(.seconds(-5)).rawValue == "PT0S")
    }

    @Test("Duration: only strings match") func onlyStringsFit() {
        #expect(OktaDuration(lenient: 3600) == nil)
        #expect(OktaDuration(lenient: "PT1H")?.rawValue == "PT1H")
    }
}
