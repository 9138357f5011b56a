// Starts Swagger's page on this service's own document.
const place = document.getElementById("swagger-ui");
SwaggerUIBundle({ url: place.dataset.document, domNode: place, deepLinking: true, validatorUrl: null });
