import GoldenNames
import GoldenNamesSupport
import HTTPTypes
import OktaTestSupport
import Testing

/// The golden catalog `names`, in which every name has another meaning too, is not only compiled but also called.
@Suite struct GoldenNamesTests {
    @Test("Names with a second meaning: every function can be called") func everyFunctionIsCalled() async throws {
        let transport = RecordingTransport { request in
            let path = request.head.path ?? ""
            return path.hasSuffix("answer") ? #""text""# : path.hasSuffix("paged") ? "[]" : "{}"
        }
        let client = try transport.client()
        for call in SampleCall.goldenNames { try await call.run(client) }
        #expect(transport.requests.count == SampleCall.goldenNames.count)
        #expect(Set(transport.requests.map { $0.head.path?.split(separator: "?").first }).count > 12)
    }

    @Test("Names with a second meaning: every field reads its sample") func everyFieldReadsItsSample() throws {
        for reader in ModelReader.goldenNames {
            let sample = try JSON(parsing: reader.sample)
            #expect(reader.fields == reader.fieldsFound(sample), "\(reader)")
        }
    }

    @Test("Names with a second meaning: every variant of a union is recognized") func everyFormIsTheOneThatItSays()
        throws
    {
        for form in SampleForm.goldenNames {
            for json in form.made {
                for union in form.unions(json) { #expect(union == json, "\(form)") }
                if let variant = form.variant { #expect(variant(json) == json, "\(form)") }
                if let setVariant = form.setVariant { #expect(setVariant([:], json) == json, "\(form)") }
            }
        }
    }

    @Test("Names with a second meaning: functions with such names send their own requests")
    func namesGoWhereTheyAreMeantTo() async throws {
        let transport = RecordingTransport()
        let client = try transport.client()
        // A parameter has the name of the function that is called with a variant of its body.
        _ = try await client.words.status("s", with: AwaitShape(), former: "f")
        _ = try await client.await.await(await: "a")
        _ = try await client.words.oneWord("w", with: nil, initValue: ["h"])
        _ = try await client.requestGroup.call(AwaitShape())
        try await client.sendGroup.send(AwaitShape())
        #expect(
            transport.requests.map { $0.head.path } == [
                "/api/v1/words/s?former=f", "/api/v1/await?await=a", "/api/v1/words/one/w", "/api/v1/request/call",
                "/api/v1/send",
            ])
    }

    @Test("Names with a second meaning: an initializer for one field is not taken for the one that reads JSON")
    func initializerForOneFieldIsNotTakenForOneThatReadsJSON() {
        #expect(OneLenient(lenientValue: 1).json == ["lenient": 1])
        #expect(OneJSON(jsonValue: 1).json == ["json": 1])
        #expect(OneLenient(lenient: JSON(1)) == nil)
    }

    @Test("Names with a second meaning: models are identifiable by a text field named id")
    func modelsAreIdentifiedByTheirTexts() {
        func identifier<Value: Identifiable<String?>>(of value: Value) -> String? { value.id }
        #expect(identifier(of: Owner(id: "a")) == "a")
        #expect(identifier(of: CountedOwner(json: ["id": "b"])) == "b")
        #expect(CountedOwner(id: 1).id == 1)
        #expect(identifier(of: NamedOwner(id: "c")) == "c")
        #expect(identifier(of: Renumbered(id: "d")) == "d")
        #expect(Pinned(number: "e", id: 2).json == ["id": "e", "ID": 2])
    }
}
