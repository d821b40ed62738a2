import OktaCatalog
import Testing
import YAML

@testable import OktaUpstream

/// A catalog with actions and models from an update, and forms with their sentences.
struct SentenceCase {
    static let document = """
        openapi: 3.0.3
        info: {title: Pools, version: "1"}
        security: [{apiToken: []}, {oauth2: [pools.read]}]
        paths:
          /api/v1/pools:
            get:
              operationId: listPoolsAll
              summary: List all pools
              description: "Lists <b>all</b> pools of the org."
              parameters:
                - {name: limit, in: query, description: How many, schema: {type: integer, maximum: 50, default: 5}}
                - {name: kind, in: query, schema: {type: array, items: {type: string}}}
              responses:
                "200": {description: x, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Pool"}}}}}
          /api/v1/pools/{poolId}:
            parameters: [{name: poolId, in: path, required: true, schema: {type: string}}]
            get:
              operationId: getPool
              responses:
                "200": {description: x, content: {application/json: {schema: {$ref: "#/components/schemas/Pool"}}}}
            put:
              operationId: replacePool
              security: []
              requestBody: {content: {application/json: {schema: {type: object, properties: {pool: {$ref: "#/components/schemas/Pool"}}}}}}
              responses: {"204": {description: x}}
        components:
          schemas:
            Pool:
              description: A pool of agents
              type: object
              required: [id]
              properties:
                id: {type: string, readOnly: true, description: The ID}
                type: {$ref: "#/components/schemas/PoolType"}
                parts: {type: array, items: {$ref: "#/components/schemas/Pool"}}
                byName: {type: object, additionalProperties: {$ref: "#/components/schemas/PoolType"}}
            PoolType: {type: string, enum: [AD, LDAP]}
            Union:
              type: object
              properties: {kind: {type: string}}
              discriminator: {propertyName: kind, mapping: {A: "#/components/schemas/Pool"}}
        """

    static let full = """
        categories:
          "spec/Agent Pool": Pools of agents.
        actions:
          "spec GET /api/v1/pools":
            action: List Agent Pools
            summary: Lists the pools
              of the org.
            params: {limit: Maximum number of pools., kind: Kinds of pools.}
          "spec GET /api/v1/pools/{id}":
            summary: Returns a pool.
            params: {poolId: "ID of the pool."}
          "spec PUT /api/v1/pools/{}":
            action: Replace Pool
            summary: Replaces a pool.
            params: {poolId: ID of the pool.}
        models:
          "spec Pool":
            doc: "Pool of agents: of one kind"
            rename: AgentPool
            fields: {parts: 'Pools in it, "parts"'}
          "spec PoolType":
            doc: Kind of a pool
            values: {AD: Active Directory}
            rename: AgentPoolKind
          "spec ReplacePoolRequest":
            doc: Replacement of a pool

        """

    static func catalog() -> CatalogFolder {
        let texts = [
            "catalog.yaml":
                "grammar: 1\nservice: Pools\nmodule: Pools\nreference: https://example.com/\ncategories: [Agent Pool]\n",
            "upstream.yaml":
                "release: \"0\"\ncontent: sha256:\(String(repeating: "0", count: 64))\ncover:\n  - category: Agent Pool\n"
                + "    operations:\n      /api/v1/pools: [GET]\n      /api/v1/pools/{}: [GET, PUT]\n",
        ]
        return CatalogFolder(
            files: Dictionary(
                uniqueKeysWithValues: texts.map { ($0, SourceFile(path: "spec/\($0)", text: $1)) }))
    }

    /// The result of the command: the catalog and the form, or the errors.
    struct Run {
        var folder: CatalogFolder
        var form: String
        var missing: Int
        var update: SentencedUpdate
        var findings: [Diagnostic] = []
    }

    static func run(
        _ folder: CatalogFolder, form text: String?, document: String = document
    ) throws -> Result<Run, Diagnostics> {
        var diagnostics = Diagnostics()
        let document = try UpdateCase.document(document)
        let form = text.flatMap { SentenceForm(SourceFile(path: "form.yaml", text: $0), reporting: &diagnostics) }
        guard !diagnostics.hasErrors,
            let update = SentencedUpdate(
                of: folder, to: document, writing: form, for: "spec", reporting: &diagnostics),
            let missing = MissingSentences(
                in: folder.with(update.result), of: "spec", document, reporting: &diagnostics)
        else { return .failure(diagnostics) }
        let rest = SentenceFormText(of: [missing], former: form, results: ["spec": update])
        return .success(
            Run(
                folder: folder.with(update.result), form: rest.text, missing: rest.count, update: update,
                findings: diagnostics.all))
    }
}
