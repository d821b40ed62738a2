import HTTPTypes
import Okta
import Testing

/// Every recorded response is read through its action's model and written back unchanged.
///
/// The exchanges are those of the files in OKTA_TRAFFIC, or of two small recordings in the repository.
@Suite(.longCalculation) struct TrafficTests {
    private func recordings() throws -> [Recording] {
        guard let named = Recording.named else {
            return [try Recording(fixture: "traffic"), try Recording(fixture: "forms")]
        }
        return [try Recording(paths: named)]
    }

    @Test("Traffic: every recorded body is decoded and written back unchanged")
    func everyBodyIsDecodedAndComesBackIdentical() throws {
        var reader = TrafficReader()
        var actions: Set<String> = []
        var (bodies, decoded, identical) = (0, 0, 0)
        for response in try recordings().flatMap(\.responses) {
            bodies += 1
            actions.insert(response.action.swiftName)
            var written: JSON?
            if response.isList, let elements = response.json.elements {
                written = JSON(elements.compactMap { reader.read($0, as: response.model) })
            } else if !response.isList, response.json.kind == .object {
                written = reader.read(response.json, as: response.model)
            }
            guard let written else {
                Issue.record("\(response.action.swiftName): a \(response.json.kind) where its model is declared")
                continue
            }
            decoded += 1
            // The values are compared including the order of members and the text of numbers: the compact forms must
            // have the same bytes.
            if CompactText(written).text == CompactText(response.json).text {
                identical += 1
            } else {
                Issue.record("\(response.action.swiftName): the body that was written differs")
            }
        }
        print(
            "traffic: \(bodies) bodies, \(actions.count) actions, \(decoded) decoded, \(identical) identical, "
                + "\(reader.fieldsRead) fields read")
        #expect(bodies > 0)
        #expect(decoded == bodies)
        #expect(identical == bodies)
    }

    /// `make misfits` prints the misfits in other recordings.
    @Test("Traffic: values that do not fit their declared field are listed by action, model and path")
    func misfitsAreListed() throws {
        var misfits = Misfits()
        let responses = try recordings().flatMap(\.responses)
        // Otherwise, a list without misfits would only mean that nothing was read.
        #expect(!responses.isEmpty)
        for response in responses { misfits.read(response) }
        for line in misfits.lines { print("misfit: \(line)") }
        print("misfits: \(misfits.counts.values.reduce(0, +)) values, \(misfits.counts.count) places")
    }

    @Test("Traffic: every known form of a response is declared by the catalog")
    func knownFormsAreDeclared() throws {
        let recording = try Recording(fixture: "forms")
        #expect(recording.responses.count == recording.exchanges.count)
        for response in recording.responses {
            for object in response.isList ? response.json.elements ?? [] : [response.json] {
                let issues = ModelSchema.okta.issues(in: object, as: response.model)
                #expect(issues.isEmpty, "\(response.action.swiftName) \(response.path)")
            }
        }
    }

    @Test("Traffic: a value that does not fit is found, counted, and named without names that are data")
    func misfitsAreFound() throws {
        let action = try #require(ActionRegistry.okta.action(method: .get, path: "/api/v1/meta/schemas/user/default"))
        let json = try JSON(
            parsing: """
                {"title": 7, "definitions": {"custom": {"properties": {
                    "one": {"oneOf": "x", "type": "string"}, "two": {"oneOf": "y", "type": "colour", "scope": null}}}}}
                """)
        var misfits = Misfits()
        misfits.read(Recording.Response(action: action, path: "", model: "UserSchema", isList: false, json: json))
        let properties = "\(action.swiftName) UserSchema definitions.custom.properties.{}"
        #expect(
            misfits.lines == [
                "\(properties).oneOf: expected array of UserSchemaAttributeEnumValue, found string, 2 times",
                "\(properties).scope: expected no null, found null, 1 times",
                "\(properties).type: expected a value of UserSchemaAttributeType, found another value, 1 times",
                "\(action.swiftName) UserSchema title: expected string, found number, 1 times",
            ])
    }
}
