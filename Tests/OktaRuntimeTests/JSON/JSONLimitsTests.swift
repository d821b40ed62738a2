import OktaRuntime
import Testing

@Suite("JSON: limits", .longCalculation)
struct JSONLimitsTests {
    private static func nested(_ depth: Int, open: String = "[", inner: String = "", close: String = "]") -> String {
        String(repeating: open, count: depth) + inner + String(repeating: close, count: depth)
    }

    @Test("JSON limits: nesting up to the limit is read") func nestingUpToTheLimitIsRead() throws {
        #expect(try JSON(parsing: Self.nested(512)).kind == .array)
        #expect(try JSON(parsing: Self.nested(512, open: "{\"a\":", inner: "1", close: "}")).kind == .object)
        #expect(try JSON(parsing: Self.nested(256, open: "[{\"a\":", inner: "1", close: "}]")).count == 1)
    }

    @Test(
        "JSON limits: nesting beyond the limit is rejected at its position",
        arguments: [
            Rejection(nested(513), .tooDeep(limit: 512), at: 512),
            Rejection(nested(100_000), .tooDeep(limit: 512), at: 512),
            Rejection(String(repeating: "[", count: 100_000), .tooDeep(limit: 512), at: 512),
            Rejection(nested(100_000, open: "{\"a\":", inner: "1", close: "}"), .tooDeep(limit: 512), at: 512 * 5),
            Rejection(String(repeating: "[{\"\":", count: 50_000), .tooDeep(limit: 512), at: 256 * 5),
        ])
    func nestingBeyondLimitIsRejectedAtItsPosition(rejection: Rejection) throws { try rejection.check() }

    @Test(
        "JSON limits: the limit counts containers",
        arguments: [(0, "1", "[]"), (1, "[1,null]", "[[]]"), (2, "{\"a\":[]}", "{\"a\":[[]]}")])
    func limitCountsContainers(depth: Int, allowed: String, refused: String) throws {
        let limits = JSON.Limits(maximumDepth: depth)
        #expect(try JSON(parsing: allowed, limits: limits).text == allowed)
        let error = try #require(throws: JSON.ParseError.self) { _ = try JSON(parsing: refused, limits: limits) }
        #expect(error.reason == .tooDeep(limit: depth))
    }

    @Test("JSON limits: many shallow containers are not deep") func manyShallowContainersAreNotDeep() throws {
        let text = "[" + String(repeating: "[],{},", count: 5000) + "[]]"
        #expect(try JSON(parsing: text, limits: JSON.Limits(maximumDepth: 2)).count == 10_001)
    }

    @Test("JSON limits: the deepest document supports every operation") func deepestDocumentCanBeUsedInEveryWay() throws
    {
        let limits = JSON.Limits(maximumDepth: 1024)
        let left = try JSON(parsing: Self.nested(1024, inner: "", close: "]"), limits: limits)
        let right = try JSON(parsing: Self.nested(1024, open: "[ ", close: "]"), limits: limits)
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        var edited = right
        edited[0]?[0]?[0] = 1
        #expect(edited.text == "[[[1]]]")
        #expect(edited != left)
    }

    @Test("JSON limits: the size is limited") func size() throws {
        let limits = JSON.Limits(maximumBytes: 4)
        #expect(try JSON(parsing: "[12]", limits: limits).count == 1)
        try Rejection("[123]", .tooLarge(limit: 4), at: 4).check(limits: limits)
        // The limit is checked before the content.
        try Rejection("}}}}}", .tooLarge(limit: 4), at: 4).check(limits: limits)
    }

    @Test("JSON limits: values out of range are clamped") func valuesOutOfRangeMoveIntoIt() {
        #expect(JSON.Limits().maximumDepth == 512)
        #expect(JSON.Limits().maximumBytes == 4_294_967_295)
        var limits = JSON.Limits(maximumDepth: -1, maximumBytes: .min)
        #expect(limits.maximumDepth == 0)
        #expect(limits.maximumBytes == 0)
        limits.maximumDepth = .max
        limits.maximumBytes = .max
        #expect(limits == JSON.Limits(maximumDepth: 1024, maximumBytes: 4_294_967_295))
        limits.maximumDepth = -5
        limits.maximumBytes = -5
        #expect(limits == JSON.Limits(maximumDepth: 0, maximumBytes: 0))
    }
}
