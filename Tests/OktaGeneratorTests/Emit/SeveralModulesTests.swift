import GoldenNames
import GoldenPlaces
import HTTPTypes
import OktaRuntime
import Testing

/// A program that imports the modules of several catalogs.
@Suite struct SeveralModulesTests {
    @Test("Several modules: each has its registry, its schema and its groups on one client") func oneClient() throws {
        #expect(!ActionRegistry.goldenPlaces.actions.isEmpty && !ActionRegistry.goldenNames.actions.isEmpty)
        #expect(ModelSchema.goldenPlaces.names != ModelSchema.goldenNames.names)
        let client = try RecordingTransport().client()
        #expect("\(type(of: client.bodies))" == "BodiesActions" && "\(type(of: client.await))" == "AwaitActions")
    }

    @Test("Several modules: a model is validated against the schema of its module") func validation() throws {
        let fields = Fields(json: ["dateTime": "yesterday"])
        #expect(fields.issues(in: .goldenPlaces).count == 1)
        // The other module does not declare it.
        #expect(fields.issues(in: .goldenNames).isEmpty)
    }
}
