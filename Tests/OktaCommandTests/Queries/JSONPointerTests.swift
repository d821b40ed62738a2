import OktaCommand
import OktaRuntime
import Testing

@Suite("JSON Pointer") struct JSONPointerTests {
    @Test(
        "JSON Pointer: the examples of RFC 6901",
        arguments: [
            ("/foo/0", #""bar""#), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"), ("/m~0n", "8"), ("/ ", "7"),
            ("/foo/-", nil), ("/foo/00", nil), ("/foo/2", nil), ("/none", nil), ("/a~1b/x", nil),
        ] as [(String, String?)])
    func values(_ pointer: String, _ expected: String?) throws {
        let document = try JSON(parsing: #"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2," ":7,"m~n":8}"#)
        #expect(try JSONPointer(pointer).value(in: document)?.text == expected)
        #expect(try JSONPointer("").value(in: document) == document)
    }

    @Test("JSON Pointer: an invalid one is rejected", arguments: ["foo", "/a~2b", "/a~"])
    func faults(_ pointer: String) {
        #expect(throws: CommandFailure.self) { try JSONPointer(pointer) }
    }
}
