import OktaRuntime
import Testing

/// The "must reject" side of the categories that the public JSONTestSuite covers. Strings have a separate file.
@Suite("JSON: what is rejected, why and where")
struct JSONRejectionTests {
    @Test(
        "JSON rejection: broken structure",
        arguments: [
            Rejection("", .unexpectedEnd, at: 0), Rejection(" \n", .unexpectedEnd, at: 2),
            Rejection("[", .unexpectedEnd, at: 1), Rejection("{", .unexpectedEnd, at: 1),
            Rejection("[1", .unexpectedEnd, at: 2),
            Rejection("[1,", .unexpectedEnd, at: 3), Rejection("[[]", .unexpectedEnd, at: 3),
            Rejection("{\"a\"", .unexpectedEnd, at: 4), Rejection("{\"a\":", .unexpectedEnd, at: 5),
            Rejection("{\"a\":1", .unexpectedEnd, at: 6), Rejection("{\"a\":1,", .unexpectedEnd, at: 7),
            Rejection("]", .expectedValue, at: 0), Rejection("}", .expectedValue, at: 0),
            Rejection(",", .expectedValue, at: 0),
            Rejection("[,1]", .expectedValue, at: 1), Rejection("[1,]", .expectedValue, at: 3),
            Rejection("[1,,2]", .expectedValue, at: 3), Rejection("[,]", .expectedValue, at: 1),
            Rejection("[:]", .expectedValue, at: 1), Rejection("[1 2]", .expectedCommaOrEnd, at: 3),
            Rejection("[1}", .expectedCommaOrEnd, at: 2), Rejection("[\"a\":1]", .expectedCommaOrEnd, at: 4),
            Rejection("[\"a\" \"b\"]", .expectedCommaOrEnd, at: 5), Rejection("[[1]true]", .expectedCommaOrEnd, at: 4),
            Rejection("{,}", .expectedKey, at: 1), Rejection("{a:1}", .expectedKey, at: 1),
            Rejection("{1:1}", .expectedKey, at: 1), Rejection("{'a':1}", .expectedKey, at: 1),
            Rejection("{null:1}", .expectedKey, at: 1), Rejection("{[]:1}", .expectedKey, at: 1),
            Rejection("{]", .expectedKey, at: 1), Rejection("{\"a\":1,}", .expectedKey, at: 7),
            Rejection("{\"a\":1,,\"b\":2}", .expectedKey, at: 7), Rejection("{\"a\":1, b}", .expectedKey, at: 8),
            Rejection("{\"a\"}", .expectedColon, at: 4), Rejection("{\"a\" 1}", .expectedColon, at: 5),
            Rejection("{\"a\",1}", .expectedColon, at: 4), Rejection("{\"a\"=1}", .expectedColon, at: 4),
            Rejection("{\"a\":}", .expectedValue, at: 5), Rejection("{\"a\"::1}", .expectedValue, at: 5),
            Rejection("{\"a\":1 \"b\":2}", .expectedCommaOrEnd, at: 7),
            Rejection("{\"a\":1]", .expectedCommaOrEnd, at: 6),
            Rejection("{\"a\":1:2}", .expectedCommaOrEnd, at: 6), Rejection("{\"a\":[1}", .expectedCommaOrEnd, at: 7),
        ])
    func brokenStructure(rejection: Rejection) throws { try rejection.check() }

    @Test(
        "JSON rejection: content after the value",
        arguments: [
            Rejection("1 2", .trailingContent, at: 2), Rejection("[]]", .trailingContent, at: 2),
            Rejection("{}}", .trailingContent, at: 2), Rejection("[] x", .trailingContent, at: 3),
            Rejection("{}{}", .trailingContent, at: 2), Rejection("null,", .trailingContent, at: 4),
            Rejection("[1]/**/", .trailingContent, at: 3), Rejection("[]#", .trailingContent, at: 2),
            Rejection("[]\u{0}", .trailingContent, at: 2), Rejection("\"a\"b", .trailingContent, at: 3),
            Rejection("{}\u{FEFF}", .trailingContent, at: 2), Rejection("truex", .trailingContent, at: 4),
        ])
    func contentAfterTheValue(rejection: Rejection) throws { try rejection.check() }

    @Test(
        "JSON rejection: other encodings and notations",
        arguments: [
            Rejection("\u{FEFF}{}", .byteOrderMark, at: 0), Rejection("\u{FEFF}", .byteOrderMark, at: 0),
            Rejection(bytes: [0xEF, 0xBB], .expectedValue, at: 0), Rejection(" \u{FEFF}1", .expectedValue, at: 1),
            Rejection(bytes: [0xFF, 0xFE, 0x5B, 0, 0x5D, 0], .expectedValue, at: 0),
            Rejection(bytes: [0, 0x5B, 0, 0x5D], .expectedValue, at: 0),
            Rejection(bytes: [0x5B, 0, 0x5D, 0], .expectedValue, at: 1),
            Rejection("\u{B}1", .expectedValue, at: 0), Rejection("\u{C}[]", .expectedValue, at: 0),
            Rejection("\u{A0}1", .expectedValue, at: 0), Rejection("[\u{2060}]", .expectedValue, at: 1),
            Rejection("[1,\u{B}2]", .expectedValue, at: 3), Rejection("[\u{2028}]", .expectedValue, at: 1),
            Rejection("/*x*/1", .expectedValue, at: 0), Rejection("// x\n1", .expectedValue, at: 0),
            Rejection("<null>", .expectedValue, at: 0), Rejection("*", .expectedValue, at: 0),
            Rejection("'a'", .expectedValue, at: 0), Rejection("a", .expectedValue, at: 0),
            Rejection("é", .expectedValue, at: 0),
            Rejection("\\u0041", .expectedValue, at: 0), Rejection("[<html>", .expectedValue, at: 1),
        ])
    func otherEncodingsAndNotations(rejection: Rejection) throws { try rejection.check() }

    @Test(
        "JSON rejection: broken literals",
        arguments: [
            Rejection("nul", .unexpectedEnd, at: 3), Rejection("t", .unexpectedEnd, at: 1),
            Rejection("fals", .unexpectedEnd, at: 4),
            Rejection("nulL", .invalidLiteral, at: 0), Rejection("[nan]", .invalidLiteral, at: 1),
            Rejection("[tru ]", .invalidLiteral, at: 1), Rejection("{\"a\":fAlse}", .invalidLiteral, at: 5),
            Rejection("True", .expectedValue, at: 0), Rejection("NULL", .expectedValue, at: 0),
            Rejection("NaN", .expectedValue, at: 0), Rejection("Infinity", .expectedValue, at: 0),
            Rejection("undefined", .expectedValue, at: 0), Rejection("[nullx]", .expectedCommaOrEnd, at: 5),
        ])
    func brokenLiterals(rejection: Rejection) throws { try rejection.check() }

    @Test(
        "JSON rejection: broken numbers",
        arguments: [
            Rejection("-", .unexpectedEnd, at: 1), Rejection("1.", .unexpectedEnd, at: 2),
            Rejection("1e", .unexpectedEnd, at: 2),
            Rejection("1e+", .unexpectedEnd, at: 3), Rejection("-0.", .unexpectedEnd, at: 3),
            Rejection("0E-", .unexpectedEnd, at: 3),
            Rejection("[-]", .invalidNumber, at: 2), Rejection("--1", .invalidNumber, at: 1),
            Rejection("-a", .invalidNumber, at: 1),
            Rejection("- 1", .invalidNumber, at: 1), Rejection("-.5", .invalidNumber, at: 1),
            Rejection("-+1", .invalidNumber, at: 1),
            Rejection("-Infinity", .invalidNumber, at: 1), Rejection("[1.]", .invalidNumber, at: 3),
            Rejection("[1.e3]", .invalidNumber, at: 3), Rejection("[1e]", .invalidNumber, at: 3),
            Rejection("[1e-]", .invalidNumber, at: 4), Rejection("1eE2", .invalidNumber, at: 2),
            Rejection("1e+-2", .invalidNumber, at: 3), Rejection("0.3e ", .invalidNumber, at: 4),
            Rejection("1.é", .invalidNumber, at: 2), Rejection("01", .invalidNumber, at: 1),
            Rejection("-01", .invalidNumber, at: 2),
            Rejection("00", .invalidNumber, at: 1), Rejection("[012]", .invalidNumber, at: 2),
            Rejection("+1", .expectedValue, at: 0), Rejection(".5", .expectedValue, at: 0),
            Rejection("１", .expectedValue, at: 0),
            Rejection("0x1", .trailingContent, at: 1), Rejection("1_000", .trailingContent, at: 1),
            Rejection("1,000", .trailingContent, at: 1), Rejection("1.2.3", .trailingContent, at: 3),
            Rejection("1e2e3", .trailingContent, at: 3), Rejection("1e1.5", .trailingContent, at: 3),
            Rejection("1-1", .trailingContent, at: 1), Rejection("[1a]", .expectedCommaOrEnd, at: 2),
            Rejection("[1 000]", .expectedCommaOrEnd, at: 3), Rejection("[1+2]", .expectedCommaOrEnd, at: 2),
            Rejection("1\u{0}", .trailingContent, at: 1), Rejection("[1,\u{0}]", .expectedValue, at: 3),
        ])
    func brokenNumbers(rejection: Rejection) throws { try rejection.check() }
}
