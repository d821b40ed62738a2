import OktaRuntime
import Testing

@Suite("JSON: equality and hash by meaning", .longCalculation)
struct JSONEqualityTests {
    @Test(
        "JSON equality: equal values",
        arguments: [
            ("1", "1.0"), ("1", "10e-1"), ("1", "1E0"), ("1", "0.1e1"), ("100", "1e2"), ("1.50", "1.5"), ("0", "-0"),
            (
                "0",
                "0.00e9"
            ),
            ("0", "-0e99999999999999999999"), ("-1.5", "-15E-1"), ("1e400", "10e399"), ("0.001", "1e-3"),
            (
                "1e3",
                "1e+0003"
            ),
            ("123456789012345678901234567890", "12345678901234567890123456789e1"),
            (
                "1e99999999999999999999",
                "1e99999999999999999999"
            ),
            (#""A""#, #""\u0041""#), (#""/""#, #""\/""#), (#""😀""#, #""\uD83D\uDE00""#), (#""\n""#, #""\u000a""#),
            ("[]", " [ ]"), ("{}", "{ }"), ("[1,2]", "[ 1.0, 2e0 ]"), (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#),
            (#"{"a":{"x":1,"y":[]}}"#, #"{"\u0061":{"y":[],"x":1.0}}"#), (#"{"a":1,"a":2}"#, #"{"a":2}"#),
            (#"{"a":1,"b":0,"a":2}"#, #"{"a":2,"b":0}"#), (#"{"a":1,"a":2}"#, #"{"a":3,"a":2}"#), ("null", " null "),
            (#"{"a":1,"b":7,"a":2}"#, #"{"a":9,"b":7,"a":2}"#), ("true", "true "),
        ])
    func equal(left: String, right: String) throws {
        let left = try JSON(parsing: left)
        let right = try JSON(parsing: right)
        #expect(left == right)
        #expect(right == left)
        #expect(left.hashValue == right.hashValue)
        #expect(Set([left, right]).count == 1)
        #expect(JSON([left]) == JSON([right]))
        #expect(JSON(members: [("k", left)]) == JSON(members: [("k", right)]))
    }

    @Test(
        "JSON equality: different values",
        arguments: [
            ("1", "2"), ("1", "-1"), ("1", "1.0000000000000000000000000001"), ("1", "\"1\""), ("0", "false"),
            (
                "null",
                "false"
            ),
            ("0.1", "0.10000000000000000555"), ("9007199254740993", "9007199254740992"), ("1e400", "1e401"),
            (
                "1e400",
                "-1e400"
            ), ("1e99999999999999999999", "1e99999999999999999998"), ("1e-400", "0"), ("10", "1"), ("1.05", "1.5"),
            (#""a""#, #""A""#), ("\"\u{E9}\"", "\"e\u{301}\""), (#""a""#, #""a ""#), (#""""#, "null"),
            (
                #""\\u0041""#,
                #""A""#
            ),
            ("[]", "{}"), ("[1,2]", "[2,1]"), ("[1]", "[1,1]"), ("[]", "[null]"), ("[[]]", "[]"),
            (#"{"a":null}"#, "{}"),
            (#"{"a":1}"#, #"{"A":1}"#), (#"{"a":1}"#, #"{"a":2}"#), (#"{"a":1,"b":2}"#, #"{"a":2,"b":1}"#),
            (#"{"a":1,"a":2}"#, #"{"a":2,"a":1}"#), (#"{"a":1,"a":2}"#, #"{"a":1}"#), (#"{"a":[1]}"#, #"{"a":[[1]]}"#),
            (#"{"a":1,"b":1}"#, #"{"a":1,"a":1}"#), ("true", "false"),
        ])
    func different(left: String, right: String) throws {
        let left = try JSON(parsing: left)
        let right = try JSON(parsing: right)
        #expect(left != right)
        #expect(right != left)
        #expect(JSON([left]) != JSON([right]))
        #expect(JSON(members: [("k", left)]) != JSON(members: [("k", right)]))
    }

    @Test("JSON equality: parsed values and values built in code compare alike")
    func parsedValuesAndValuesBuiltInCodeCompareAlike()
        throws
    {
        let parsed = try JSON(parsing: #"{"a":[1.0,"\u0078",null,true],"b":{}}"#)
        let built: JSON = ["b": [:], "a": [1, "x", nil, true]]
        #expect(parsed == built)
        #expect(parsed.hashValue == built.hashValue)
        var edited = parsed
        edited["c"] = 1
        #expect(edited != built)
        edited["c"] = nil
        #expect(edited == built)
        #expect(edited.hashValue == built.hashValue)
    }

    @Test("JSON equality: numbers compare as exact decimals", arguments: 0..<6)
    func numbersCompareAsExactDecimals(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(20_000 + seed))
        for _ in 0..<300 {
            let digits = (0..<30).map { _ in Int.random(in: 0...9, using: &random) }.map(String.init).joined()
            let shift = Int.random(in: 1..<30, using: &random)
            let exponent = Int.random(in: -400...400, using: &random)
            // The decimal point is moved by `shift` places, and the exponent compensates for it.
            let whole = "7\(digits)e\(exponent)"
            let moved = "7\(digits.dropLast(shift)).\(digits.suffix(shift))E\(exponent + shift)"
            let one = try JSON(parsing: whole)
            let other = try JSON(parsing: moved)
            #expect(one == other, "\(whole) \(moved)")
            #expect(one.hashValue == other.hashValue, "\(whole) \(moved)")
            #expect(try one != JSON(parsing: "7\(digits)1e\(exponent - 1)"), "\(whole)")
        }
    }
}
