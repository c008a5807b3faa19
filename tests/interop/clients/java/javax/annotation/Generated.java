package javax.annotation;

/** Stands in for the annotation that the code of openapi-generator bears: JDK 11 took it out of the platform. */
public @interface Generated {
    String value();

    String comments() default "";
}
