/// The public names of the runtime. They are reserved in the scopes that they share with elements of a catalog.
///
/// `RuntimeNamesTests` writes this file from the symbols of the module with OKTA_UPDATE_GOLDEN=1, and otherwise compares it.
enum RuntimeNames {
    /// The types at the top level.
    static let types = names(
        """
        APITokenAuthorization ActionDescriptor ActionGroup ActionHelp ActionHelpIndex ActionRegistry
        AuthorizationContext BearerTokenAuthorization BodyStream CallCredentials CallPriority
        ClientAuthentication ClientObserver ConnectionCheck CurlTransport FileRateLimitStore FileStoreFailure
        HTTPTransport InProcessRateLimitStore JSON JSONConvertible LeaseExchange LeaseReply LeaseRequest
        MediaType ModelSchema ObservedCall ObservedStore OktaBase64 OktaClient OktaConfiguration OktaDate
        OktaDuration OktaEnum OktaError OktaErrorCode OktaForm OktaModel OktaOrganizations OktaRequest
        OktaResponse OktaSettings OktaStored OktaStream OpenEnum OpenModel PageCursor Paged ProfileSchema
        RateLimit RateLimitPolicy RateLimitSharing RateLimitStore RequestAuthorization RequestBody
        RequestHeaders RequestPath RequestQuery RetriedAttempt RetryPolicy ServerClock SharingProgram
        StatedLimit TailPosition TokenKind TransportError TransportRequest TransportResponse UploadFile
        """)

    /// The members of a client.
    static let clientMembers = names(
        """
        Options configuration customMirror debugDescription description makeRequest pages perform request
        returnLeases send stream verifyConnection with withResponse
        """)

    /// The properties of a model.
    static let modelMembers = names(
        """
        json
        """)

    /// The static members of a model.
    static let modelTypeMembers = names(
        """
        blank jsonTypeName with
        """)

    /// The labels of the initializers that take JSON.
    static let modelInitializers = names(
        """
        json lenient
        """)

    /// The properties of a value of an enumeration, and the static members of its type.
    static let enumerationMembers = names(
        """
        description json jsonTypeName
        """)

    private static func names(_ text: String) -> Set<String> {
        Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
    }
}
