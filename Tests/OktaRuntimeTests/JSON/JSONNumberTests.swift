import OktaRuntime
import Testing

@Suite("JSON: numbers")
struct JSONNumberTests {
    @Test(
        "JSON numbers: whole numbers",
        arguments: [
            ("0", 0), ("-0", 0), ("-0.0e7", 0), ("7", 7), ("-7", -7), ("5.0", 5), ("5.000", 5), ("50e-1", 5),
            ("0.5e1", 5),
            ("1e3", 1000), ("1E+3", 1000), ("1.5e1", 15), ("-2.50e2", -250), ("0e999999999999999999999", 0),
            ("0.000", 0),
            ("999999999999999999", 999_999_999_999_999_999), ("-999999999999999999", -999_999_999_999_999_999),
            ("1000000000000000000", 1_000_000_000_000_000_000), ("9223372036854775807", Int.max),
            ("-9223372036854775808", Int.min), ("9.223372036854775807e18", Int.max),
            ("-9223372036854775808.000", Int.min),
            ("-92233720368547758080e-1", Int.min), ("1e18", 1_000_000_000_000_000_000),
        ])
    func wholeNumber(text: String, value: Int) throws {
        #expect(try JSON(parsing: text).int == value)
        #expect(try JSON(parsing: "{\"n\": \(text) }")[int: "n"] == value)
    }

    @Test(
        "JSON numbers: numbers that are not Int",
        arguments: [
            "0.5", "-1.5", "1e-1", "1e19", "-1e19", "9223372036854775808", "-9223372036854775809",
            "9223372036854775807.5",
            "1e400",
            "1e-400", "12345678901234567890", "1e99999999999999999999", "1e-99999999999999999999", "0.1e0",
            "10000000000000000000e1",
        ])
    func noInt(text: String) throws {
        #expect(try JSON(parsing: text).int == nil)
    }

    @Test(
        "JSON numbers: doubles",
        arguments: [
            ("0", 0.0), ("1", 1), ("1.5", 1.5), ("-2.5e-3", -0.0025), ("1e308", 1e308),
            ("1.7976931348623157e308", Double.greatestFiniteMagnitude),
            ("5e-324", Double.leastNonzeroMagnitude), ("0.1", 0.1), ("9007199254740993", 9_007_199_254_740_992),
            ("1e-400", 0), ("0.30000000000000004", 0.1 + 0.2),
            ("123456789012345678901234567890", 1.2345678901234568e29),
        ])
    func double(text: String, value: Double) throws {
        #expect(try JSON(parsing: text).double == value)
        #expect(try JSON(parsing: "[\(text)]")[0]?.double == value)
    }

    @Test(
        "JSON numbers: numbers beyond Double",
        arguments: ["1e309", "-1e309", "1e400", "-1e99999999999999999999", "123123e100000"])
    func beyondDouble(text: String) throws {
        let json = try JSON(parsing: text)
        #expect(json.double == nil)
        #expect(json.numberText == text)
    }

    @Test("JSON numbers: negative zero keeps its sign") func negativeZeroKeepsItsSign() throws {
        #expect(try JSON(parsing: "-0").double?.sign == .minus)
        #expect(try JSON(parsing: "-0").numberText == "-0")
        #expect(JSON(-0.0).text == "-0.0")
    }

    @Test("JSON numbers: numbers from code are written in the shortest form") func builtNumbersAreWrittenShortest() {
        #expect(JSON(Int.min).text == "-9223372036854775808")
        #expect(JSON(Int.max).text == "9223372036854775807")
        #expect(JSON(0.1).text == "0.1")
        #expect(JSON(5.0).int == 5)
        #expect(JSON(1e300).double == 1e300)
        #expect(JSON(0.1 + 0.2).text == "0.30000000000000004")
    }

    @Test(
        "JSON numbers: a Double from code is valid JSON",
        arguments: [
            1e16, 1e20, 1e21, 1e-5, 1e-7, 1.5e300, Double.leastNonzeroMagnitude, Double.greatestFiniteMagnitude,
        ])
    func builtDoubleIsJSON(value: Double) throws {
        #expect(try JSON(parsing: JSON(value).bytes).double == value)
    }

    @Test("JSON numbers: infinity and NaN become null", arguments: [Double.nan, .infinity, -.infinity, .signalingNaN])
    func infinityAndNaNBecomeNull(value: Double) {
        #expect(JSON(value).kind == .null)
        #expect(JSON(value).text == "null")
    }

    @Test("JSON numbers: other kinds are not numbers", arguments: ["null", "true", "\"1\"", "[1]", "{\"a\":1}"])
    func otherKindsAreNotNumbers(text: String) throws {
        let json = try JSON(parsing: text)
        #expect(json.int == nil)
        #expect(json.double == nil)
        #expect(json.numberText == nil)
    }
}
