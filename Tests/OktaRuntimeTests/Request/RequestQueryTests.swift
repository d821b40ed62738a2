import HTTPTypes
import OktaRuntime
import Testing

@Suite struct RequestQueryTests {
    private func path(_ query: RequestQuery) async throws -> String? {
        let transport = StubTransport()
        try await ItemActions(client: try transport.client())._send(.get, "/x", query: query)
        return transport.requests.first?.head.path
    }

    @Test("Request query: values are written by their type") func valuesAreWrittenByTheirType() async throws {
        let query: RequestQuery = [
            "text": .string("a b&c=d+e/ö"), "whole": .integer(-7), "half": .number(0.5), "two": .number(2),
            "yes": .boolean(true), "list": .list(["a,b", "c"]), "none": .string(nil), "empty": .list([]),
        ]
        #expect(
            try await path(query)
                == "/x?text=a%20b%26c%3Dd%2Be%2F%C3%B6&whole=-7&half=0.5&two=2&yes=true&list=a%2Cb,c")
    }

    @Test("Request query: a repeated list is one parameter per element") func repeatedList() async throws {
        let query: RequestQuery = [
            "a": .repeated(["x,y", "z"]), "b": .repeated([1, 2]), "c": .repeated([String]()), "d": .string("1"),
        ]
        #expect(try await path(query) == "/x?a=x%2Cy&a=z&b=1&b=2&d=1")
        await #expect(throws: OktaError.self) { try await path(["n": .repeated([1.5, .nan])]) }
    }

    @Test("Request query: parameters without a value are omitted") func parametersWithoutValueAreOmitted() async throws
    {
        #expect(try await path(["none": .integer(nil)]) == "/x")
    }

    @Test("Request query: infinity and NaN are rejected", arguments: [Double.nan, .infinity, -.infinity])
    func infinityAndNaNAreRejected(_ value: Double) async {
        await #expect(throws: OktaError.self) { try await path(["n": .number(value)]) }
    }

    /// Every character is preserved by encoding and decoding, and none ends its value.
    @Test("Request query: every byte is percent-encoded") func everyByteIsEncoded() async throws {
        for byte in UInt8.min..<0x80 {
            let text = "a" + String(UnicodeScalar(byte)) + "b"
            let sent = try #require(try await path(["q": .string(text), "z": .string("1")]))
            #expect(sent.split(separator: "&").count == 2)
            #expect(sent.hasPrefix("/x?q=a") && sent.hasSuffix("b&z=1"))
            #expect(sent.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
            #expect(!sent.contains("#") && !sent.contains("+"))
        }
    }
}
