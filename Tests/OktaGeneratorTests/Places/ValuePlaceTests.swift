import Foundation
import GoldenEmptySupport
import GoldenPlaces
import GoldenPlacesSupport
import HTTPTypes
import OktaTestSupport
import Testing

/// Bodies, results and fields of each type: the JSON that is sent is read back.
@Suite struct ValuePlaceTests {
    private typealias Call = SampleCall

    private func calls(of category: String) -> [Call] { Call.goldenPlaces.filter { $0.category == category } }

    @Test("Bodies and results: every body is read back as the result") func everyBodyComesBackAsTheResult() async throws
    {
        let transport = RecordingTransport()
        let client = try transport.client()
        let calls = calls(of: "Bodies")
        #expect(calls.count == 12 * 7)
        for call in calls { try await call.run(client) }
        #expect(transport.requests.count == calls.count)
        for request in transport.requests { #expect(throws: Never.self) { try JSON(parsing: request.body ?? []) } }
    }

    @Test("Bodies and results: bodies are sent as JSON") func bodiesAreSentAsJSON() async throws {
        let transport = RecordingTransport()
        let bodies = try transport.client().bodies
        let date = Date(timeIntervalSince1970: 0)
        #expect(try await bodies.echoString("a\"b") == "a\"b")
        #expect(try await bodies.echoDateTimeList([date]) == [date])
        #expect(try await bodies.echoDateTimeMap(["k": date]) == ["k": date])
        #expect(try await bodies.echoBooleanMap(["k": true]) == ["k": true])
        #expect(try await bodies.echoColor(.green) == .green)
        #expect(try await bodies.echoThingMap(["k": Thing(name: "n")])["k"]?.name == "n")
        #expect(try await bodies.echoIntegerListOfLists([[1], []]) == [[1], []])
        try await bodies.echoOptionalBoolean()
        try await bodies.echoOptionalBoolean(false)
        let sent = transport.requests.map { request in request.body.map { String(decoding: $0, as: UTF8.self) } }
        #expect(
            sent == [
                #""a\"b""#, #"["1970-01-01T00:00:00.000Z"]"#, #"{"k":"1970-01-01T00:00:00.000Z"}"#, #"{"k":true}"#,
                #""GREEN""#, #"{"k":{"name":"n"}}"#, "[[1],[]]", nil, "false",
            ])
    }

    @Test("Bodies and results: a result of another type is an error", arguments: ["", "null", "{}", "[1]", #""text""#])
    func resultOfAnotherTypeIsError(_ body: String) async throws {
        let bodies = try RecordingTransport { _ in body }.client().bodies
        await #expect(throws: OktaError.self) { try await bodies.echoDateTime(Date()) }
        await #expect(throws: OktaError.self) { try await bodies.echoInteger(1) }
    }

    @Test("Bodies and results: a map whose values all have another type is an error")
    func mapWhoseValuesAllHaveAnotherTypeIsError() async throws {
        let bodies = try RecordingTransport { _ in #"{"a": 1, "b": {"name": "n"}}"# }.client().bodies
        #expect(try await bodies.echoThingMap([:]).keys.sorted() == ["b"])
        await #expect(throws: OktaError.self) { try await bodies.echoBooleanMap([:]) }
    }

    @Test("Bodies and results: every list is read in pages") func everyListIsReadInPages() async throws {
        let client = try RecordingTransport { _ in "[]" }.client()
        let calls = calls(of: "Pages")
        #expect(calls.count == 12 * 3)
        for call in calls { try await call.run(client) }
        let pages = try RecordingTransport { _ in #"["1970-01-01"]"# }.client().pagesGroup
        #expect(try await pages.listDateTimePages().collect() == [Date(timeIntervalSince1970: 0)])
    }

    @Test("Bodies and results: every field reads its sample") func everyFieldReadsItsSample() throws {
        for reader in ModelReader.goldenPlaces {
            let sample = try JSON(parsing: reader.sample)
            #expect(Set(reader.fieldsFound(sample)) == Set(reader.fields), "\(reader)")
        }
    }

    @Test("Bodies and results: fields are written as they are read") func fieldsAreWrittenAsTheyAreRead() throws {
        var fields = Fields()
        fields.dateTimeMapOfLists = ["k": [Date(timeIntervalSince1970: 0)]]
        fields.base64List = [OktaBase64([1])]
        fields.colorListOfMaps = [["k": .red]]
        #expect(
            fields.json.description
                == #"{"dateTimeMapOfLists":{"k":["1970-01-01T00:00:00.000Z"]},"base64List":["AQ=="],"colorListOfMaps":[{"k":"RED"}]}"#
        )
        #expect(fields.dateTimeMapOfLists == ["k": [Date(timeIntervalSince1970: 0)]])
    }

    @Test("Bodies and results: an empty catalog has no calls, readers or unions")
    func emptyCatalogHasNoCallsReadersOrUnions() {
        #expect(SampleCall.goldenEmpty.isEmpty)
        #expect(ModelReader.goldenEmpty.isEmpty)
        #expect(SampleForm.goldenEmpty.isEmpty)
    }
}
